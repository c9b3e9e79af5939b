//! A draft before it is live, and what became of it.

use super::show::as_people_see_it;
use super::{LONGEST_BODY, fitting, plain};
use crate::domain::document::Problem;
use crate::domain::guild::{Book, ChangeNumber, DraftId, Edit, FormFault, Moderation, diff, overlay, placeholders};
use crate::domain::locale::Locale;
use crate::domain::reply::{Action, AttachedFile, Attachment, Control, Reply};
use crate::domain::topics::{Library, TextKey, TopicId, Words};

/// How much of the warnings stands above the card: Discord takes 2,000 characters there.
const LONGEST_LEAD: usize = 1_800;

/// A draft as it is shown to whoever wrote it.
#[derive(Clone, Debug)]
pub struct Preview<'p> {
    /// Its number.
    pub draft: DraftId,
    /// The response that it is about.
    pub name: &'p TopicId,
    /// The server's book, as the draft would make it.
    pub book: &'p Book,
    /// What speaks against it.
    pub warnings: &'p [String],
    /// Whether it has phrases that the server does not have yet.
    pub has_new_phrases: bool,
}

/// The answer exactly as it will look, what speaks against it, and what to do with it.
pub fn preview(library: &Library, locale: &Locale, preview: &Preview<'_>) -> Reply {
    let content = library.content(locale);
    let words = &content.words;
    let topic = overlay::topic(content, preview.book, preview.name);
    let answer = topic.map(|topic| as_people_see_it(library, &topic, locale));
    let mut lines = vec![words.fill(TextKey::DraftPreview, &[("name", preview.name.as_str())])];
    if !preview.warnings.is_empty() {
        lines.push(words.get(TextKey::DraftWarnings).to_owned());
        lines.extend(preview.warnings.iter().map(|warning| format!("- {warning}")));
    }
    let publish =
        Control::strong_button(words.get(TextKey::DraftPublish), moderate(Moderation::Publish(preview.draft)));
    let watch = preview
        .has_new_phrases
        .then(|| Control::button(words.get(TextKey::DraftWatch), moderate(Moderation::WatchFirst(preview.draft))));
    let row = std::iter::once(publish).chain(watch).chain(go_on(words, preview.draft)).collect();
    let answer = answer.unwrap_or_else(|| Reply::private_line(String::new()));
    let lead = Some(fitting(lines, LONGEST_LEAD));
    Reply { lead, ..answer }.in_private().with_row(row)
}

/// What is wrong with a draft. It is kept as it was typed.
pub fn faulty(library: &Library, locale: &Locale, draft: DraftId, faults: &[FormFault]) -> Reply {
    let words = &library.content(locale).words;
    let told = faults.iter().map(|fault| format!("- {}", fault.told(words)));
    let text = fitting(told, LONGEST_BODY);
    let title = words.get(TextKey::DraftFaults).to_owned();
    Reply::private(plain(title, text)).with_row(go_on(words, draft).collect())
}

/// Somebody else was faster. Nothing was overwritten, and the draft is kept.
pub fn conflict(library: &Library, locale: &Locale, draft: Option<DraftId>) -> Reply {
    let words = &library.content(locale).words;
    let row = draft.map(|draft| go_on(words, draft).collect()).unwrap_or_default();
    super::super::line(library, locale, TextKey::DraftConflict).with_row(row)
}

/// The same reply, with the ways to go on with a draft: what was typed is not lost.
pub fn with_draft(library: &Library, locale: &Locale, reply: Reply, draft: DraftId) -> Reply {
    reply.with_row(go_on(&library.content(locale).words, draft).collect())
}

/// The confirmation of phrases that are only watched.
pub fn watching(library: &Library, locale: &Locale, done: Reply) -> Reply {
    Reply { lead: Some(library.content(locale).words.get(TextKey::DraftWatching).to_owned()), ..done }
}

/// Confirms a change, and offers to undo it.
pub fn done(library: &Library, locale: &Locale, edit: &Edit, number: ChangeNumber) -> Reply {
    let words = &library.content(locale).words;
    let title = words.fill(TextKey::DraftDone, &[("number", &number.0.to_string())]);
    let undo = Control::button(words.get(TextKey::DraftUndo), moderate(Moderation::Undo(number)));
    Reply::private(plain(title, diff::lines(edit, words).join("\n"))).with_row(vec![undo])
}

/// What an import would change.
pub fn import_preview(library: &Library, locale: &Locale, draft: DraftId, edit: &Edit, has_new_phrases: bool) -> Reply {
    let words = &library.content(locale).words;
    let publish = Control::strong_button(words.get(TextKey::DraftPublish), moderate(Moderation::Publish(draft)));
    let watch = has_new_phrases
        .then(|| Control::button(words.get(TextKey::DraftWatch), moderate(Moderation::WatchFirst(draft))));
    let discard = Control::button(words.get(TextKey::DraftDiscard), moderate(Moderation::Discard(draft)));
    let title = words.get(TextKey::ImportPreview).to_owned();
    let row = std::iter::once(publish).chain(watch).chain([discard]).collect();
    Reply::private(plain(title, diff::lines(edit, words).join("\n"))).with_row(row)
}

/// All that a server wrote or changed, as a file.
pub fn exported(library: &Library, locale: &Locale, file: &str) -> Reply {
    let words = &library.content(locale).words;
    let name = "lumbar-responses.toml".to_owned();
    let file = AttachedFile::Made { name, bytes: file.as_bytes().into(), is_picture: false };
    let (alt, caption) = (words.get(TextKey::ExportAlt).to_owned(), String::new());
    let line = super::super::line(library, locale, TextKey::ExportDone);
    Reply { attachment: Some(Box::new(Attachment { file, alt, caption })), ..line }
}

/// What is wrong with a file. Nothing was changed.
pub fn import_faults(library: &Library, locale: &Locale, problems: &[Problem]) -> Reply {
    let words = &library.content(locale).words;
    let told = problems.iter().map(|problem| format!("- {}", placeholders::escaped(&problem.to_string())));
    Reply::private(plain(words.get(TextKey::ImportFaults).to_owned(), fitting(told, LONGEST_BODY)))
}

fn go_on(words: &Words, draft: DraftId) -> impl Iterator<Item = Control> {
    let edit = Control::button(words.get(TextKey::DraftEdit), moderate(Moderation::EditDraft(draft, None)));
    let discard = Control::button(words.get(TextKey::DraftDiscard), moderate(Moderation::Discard(draft)));
    [edit, discard].into_iter()
}

fn moderate(moderation: Moderation) -> Action {
    Action::Moderate(moderation)
}
