use std::time::Duration;

use super::*;
use crate::domain::RoleId;
use crate::domain::guild::{Item, Manner, MappedChannel, Permission, Places};
use crate::domain::locale::DISCORD_LOCALES;
use crate::domain::settings::Listening;
use crate::domain::topics::SourceFile;
use crate::responses::built_in;

fn library() -> Library {
    Library::read(&built_in()).expect("sound texts")
}

fn map() -> GuildMap {
    let channel = |id: u64, lacking: &[Permission]| MappedChannel {
        id: ChannelId::new(id),
        name: id.to_string(),
        category: None,
        is_forum: false,
        lacking: lacking.to_vec(),
    };
    let channels =
        vec![channel(1, &[]), channel(2, &[Permission::Embed, Permission::React]), channel(3, &[Permission::Send])];
    GuildMap { name: "Climbing".to_owned(), channels, categories: Vec::new() }
}

/// A server that chose something for everything.
fn chosen() -> GuildSettings {
    let mut settings = GuildSettings {
        places: Places::OnlyIn([1, 2].map(ChannelId::new).into()),
        threads: false,
        left_alone: [RoleId::new(8)].into(),
        manner: Manner::Quiet,
        manners: [(ChannelId::new(2), Manner::Reaction)].into(),
        language: Locale::parse("en"),
        log: Some(ChannelId::new(3)),
        listening: Some(Listening::Mentions),
        moderators: Some(RoleId::new(9)),
        ..GuildSettings::default()
    };
    settings.cooldowns.person = Some(Duration::from_secs(90));
    settings.cooldowns.channel = Some(Duration::ZERO);
    settings.cooldowns.burst = Some(3);
    settings
}

/// A panel as text: what stands on it, and what each control shows as chosen.
fn shown(panel: &Reply) -> String {
    let card = panel.card.as_ref().expect("a card");
    let sections = card.sections.iter().map(|part| format!("## {}\n{}", part.heading, part.text));
    let rows = panel.controls.iter().map(|row| row.iter().map(control).collect::<Vec<_>>().join(" "));
    let lead = panel.lead.iter().cloned();
    let head = [format!("# {}", card.title), card.body.clone()];
    lead.chain(head).chain(sections).chain([card.footer.clone()]).chain(rows).collect::<Vec<_>>().join("\n")
}

fn control(control: &Control) -> String {
    match control {
        Control::Button { label, .. } => format!("[{label}]"),
        Control::Select { placeholder, what: Selectable::Options(options), .. } => {
            let mark =
                |option: &SelectOption| format!("\n  {} {}", if option.chosen { '*' } else { '-' }, option.label);
            format!("<{placeholder}>{}", options.iter().map(mark).collect::<String>())
        }
        Control::Select { placeholder, what, .. } => format!("<{placeholder}> {what:?}"),
        Control::Menu { .. } => String::new(),
    }
}

fn all_pages(
    settings: &GuildSettings,
    usual: &Settings,
    map: Option<&GuildMap>,
    channel: Option<ChannelId>,
) -> Vec<Reply> {
    let view = PanelView { settings, usual, map, channel };
    let library = library();
    SettingsPage::ALL.map(|page| settings_panel(&library, &Locale::unknown(), page, &view)).into()
}

fn together(pages: &[Reply]) -> String {
    pages.iter().map(shown).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_server_that_chose_nothing_sees_what_is_usual() {
    insta::assert_snapshot!(together(&all_pages(&GuildSettings::default(), &Settings::default(), Some(&map()), None)));
}

#[test]
fn every_control_shows_its_present_value() {
    let channel = Some(ChannelId::new(2));
    insta::assert_snapshot!(together(&all_pages(&chosen(), &Settings::default(), Some(&map()), channel)));
}

#[test]
fn without_the_channels_the_panel_works_and_says_so() {
    let pages = all_pages(&chosen(), &Settings::default(), None, None);
    for page in [&pages[0], &pages[2], &pages[3]] {
        assert!(shown(page).contains("Discord did not tell me about the channels"), "{}", shown(page));
    }
}

#[test]
fn a_bot_that_may_not_read_messages_says_so() {
    let deaf = Settings { listening: Listening::Mentions, ..Settings::default() };
    let pages = all_pages(&GuildSettings::default(), &deaf, Some(&map()), None);
    assert!(shown(&pages[3]).contains("has switched off reading messages"), "{}", shown(&pages[3]));
}

#[test]
fn speaking_only_in_no_channel_at_all_is_told() {
    let nowhere = GuildSettings { places: Places::OnlyIn([].into()), ..GuildSettings::default() };
    let pages = all_pages(&nowhere, &Settings::default(), Some(&map()), None);
    assert!(shown(&pages[0]).contains("I speak nowhere in this server"), "{}", shown(&pages[0]));
}

/// The largest server that there can be: everything named, nothing allowed anywhere.
#[test]
fn the_fullest_panel_keeps_to_the_limits_of_discord() {
    let most = |range: std::ops::Range<u64>| range.map(|id| ChannelId::new(u64::MAX - id));
    let lacking = [
        Permission::Send,
        Permission::SendInThreads,
        Permission::Embed,
        Permission::Attach,
        Permission::History,
        Permission::React,
    ];
    let channels = most(0..500).map(|id| MappedChannel { id, lacking: lacking.to_vec(), ..map().channels[0].clone() });
    let map = GuildMap { channels: channels.collect(), ..map() };
    let mut settings = GuildSettings {
        places: Places::OnlyIn(most(0..25).collect()),
        left_alone: (0..25).map(|id| RoleId::new(u64::MAX - id)).collect(),
        manners: most(0..50).map(|id| (id, Manner::Reaction)).collect(),
        ..chosen()
    };
    settings.cooldowns.topic = Some(Duration::from_secs(12_345));
    settings.cooldowns.burst = Some(17);
    for page in all_pages(&settings, &Settings::default(), Some(&map), most(60..61).next()) {
        let card = page.card.as_ref().unwrap();
        let length = |text: &str| text.encode_utf16().count();
        assert!(length(&card.title) <= 256 && length(&card.body) <= 4096 && length(&card.footer) <= 2048);
        assert!(card.sections.iter().all(|part| length(&part.text) <= 1024), "{}", shown(&page));
        assert!(length(&shown(&page)) < 6000 + 4000, "{}", card.title);
        let whole = length(&card.title) + length(&card.body) + length(&card.footer);
        assert!(
            whole + card.sections.iter().map(|part| length(&part.heading) + length(&part.text)).sum::<usize>() <= 6000
        );
        assert!(page.controls.len() <= 5);
        let mut actions = Vec::new();
        for control in page.controls.iter().flatten() {
            match control {
                Control::Button { label, action, .. } => {
                    assert!(length(label) <= 80);
                    actions.push(action.clone());
                }
                Control::Select { placeholder, what, action, .. } => {
                    assert!(length(placeholder) <= 150);
                    actions.push(action.clone());
                    if let Selectable::Options(options) = what {
                        assert!(options.len() <= 25 && options.iter().filter(|option| option.chosen).count() == 1);
                        let fits = |option: &SelectOption| length(&option.label) <= 100 && length(&option.value) <= 100;
                        assert!(options.iter().all(fits));
                    }
                }
                Control::Menu { .. } => panic!("no menu is expected"),
            }
        }
        let count = actions.len();
        actions.sort_unstable_by_key(|action| format!("{action:?}"));
        actions.dedup();
        assert_eq!(actions.len(), count, "two controls with one custom_id");
    }
}

#[test]
fn a_list_holds_the_chosen_language_however_many_there_are() {
    let mut files = built_in();
    for locale in DISCORD_LOCALES {
        files.push(SourceFile {
            path: format!("{locale}/_words.toml"),
            text: format!("[settings]\nlanguage_name = \"Language {locale}\"\n"),
        });
    }
    let library = Library::read(&files).expect("sound texts");
    let settings = GuildSettings { language: Locale::parse("zh-TW"), ..GuildSettings::default() };
    let view = PanelView { settings: &settings, usual: &Settings::default(), map: None, channel: None };
    let panel = settings_panel(&library, &Locale::unknown(), SettingsPage::Server, &view);
    let Control::Select { what: Selectable::Options(options), .. } = &panel.controls[0][0] else { panic!("no list") };
    assert_eq!(options.len(), 25);
    let chosen: Vec<&str> = options.iter().filter(|option| option.chosen).map(|option| option.label.as_str()).collect();
    assert_eq!(chosen, ["Language of what everybody sees: Language zh-TW (zh-TW)"]);
}

#[test]
fn what_came_of_a_choice_stands_above_the_panel() {
    let library = library();
    let locale = Locale::unknown();
    let view = PanelView { settings: &GuildSettings::default(), usual: &Settings::default(), map: None, channel: None };
    let panel = || settings_panel(&library, &locale, SettingsPage::Quiet, &view);
    let edit =
        Edit::new(vec![Item::Setting { before: Setting::Threads(true), after: Setting::Threads(false) }]).unwrap();
    let faults = [
        ChoiceFault::TooMany,
        ChoiceFault::TooManyManners,
        ChoiceFault::UnknownChannel,
        ChoiceFault::Forum,
        ChoiceFault::Everybody,
        ChoiceFault::NotOffered,
    ];
    let mut told = vec![
        setting_changed(&library, &locale, panel(), &edit),
        setting_note(&library, &locale, panel(), TextKey::SettingsConflict),
        change_line(&library, &locale, UserId::new(7), &edit),
    ];
    told.extend(faults.map(|fault| setting_refused(&library, &locale, panel(), fault)));
    insta::assert_snapshot!(told.into_iter().filter_map(|reply| reply.lead).collect::<Vec<_>>().join("\n"));
}
