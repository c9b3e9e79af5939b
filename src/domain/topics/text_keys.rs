//! Every text that code asks for by name. The words themselves stand in `responses/<language>/_words.toml`.

macro_rules! text_keys {
    ($($name:ident = $key:literal $(($($placeholder:literal),+))?;)+) => {
        /// The name of a text. The loader holds each language to exactly these names and their placeholders.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each name is its own description, and its text stands in _words.toml")]
        pub enum TextKey { $($name),+ }

        impl TextKey {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [TextKey] = &[$(TextKey::$name),+];

            /// The key in `_words.toml`: `section.key`.
            pub const fn key(self) -> &'static str {
                match self { $(TextKey::$name => $key),+ }
            }

            /// The placeholders that the text may use, each of them written `{name}`.
            pub const fn placeholders(self) -> &'static [&'static str] {
                match self { $(TextKey::$name => &[$($($placeholder),+)?]),+ }
            }
        }
    };
}

text_keys! {
    AnswerMyth = "answer.myth";
    AnswerTruth = "answer.truth";
    AnswerTips = "answer.tips";
    AnswerHelp = "answer.help";
    AnswerSafety = "answer.safety";
    AnswerSources = "answer.sources";
    AnswerFooter = "answer.footer";
    AnswerChecked = "answer.checked" ("date");
    AnswerModerators = "answer.moderators";

    EmergencyCall = "emergency.call" ("number", "place");
    EmergencyIfWorse = "emergency.if_worse" ("number", "place");
    EmergencyElsewhere = "emergency.call_elsewhere" ("elsewhere");
    EmergencyAdvice = "emergency.advice" ("advice");
    EmergencySigns = "emergency.signs";
    EmergencyToday = "emergency.today";
    EmergencyDespair = "emergency.despair";
    EmergencyDespairHelp = "emergency.despair_help" ("number", "place");
    EmergencySteps = "emergency.steps";

    HearOffer = "hear.offer";
    HearReaction = "hear.reaction";

    ModerateNotAllowed = "moderate.not_allowed";

    ResponsesListTitle = "responses.list_title" ("page", "pages");
    ResponsesListEmpty = "responses.list_empty";
    ResponsesListChoose = "responses.list_choose";
    ResponsesBack = "responses.back";
    ResponsesOn = "responses.on";
    ResponsesMarkOff = "responses.mark_off";
    ResponsesMarkOwn = "responses.mark_own";
    ResponsesMarkChanged = "responses.mark_changed";
    ResponsesMarkPhrases = "responses.mark_phrases" ("count");
    ResponsesMarkWatched = "responses.mark_watched" ("count");
    ResponsesIsOn = "responses.is_on";
    ResponsesIsOff = "responses.is_off";
    ResponsesIsShipped = "responses.is_shipped";
    ResponsesIsOwn = "responses.is_own";
    ResponsesOnlyWatched = "responses.only_watched";
    ResponsesPhrases = "responses.phrases";
    ResponsesEdit = "responses.edit";
    ResponsesSwitchOn = "responses.switch_on";
    ResponsesSwitchOff = "responses.switch_off";
    ResponsesArm = "responses.arm";
    ResponsesAll = "responses.all";
    ResponsesUnknown = "responses.unknown";
    ResponsesNoChange = "responses.no_change";
    ResponsesNeverOff = "responses.never_off";
    ResponsesShipped = "responses.shipped";
    ResponsesNotShipped = "responses.not_shipped";
    ResponsesFull = "responses.full" ("faults");

    DraftPreview = "draft.preview" ("name");
    DraftWarnings = "draft.warnings";
    DraftFaults = "draft.faults";
    DraftConflict = "draft.conflict";
    DraftDone = "draft.done" ("number");
    DraftGone = "draft.gone";
    DraftDiscarded = "draft.discarded";
    DraftPublish = "draft.publish";
    DraftWatch = "draft.watch";
    DraftEdit = "draft.edit";
    DraftDiscard = "draft.discard";
    DraftUndo = "draft.undo";

    HistoryTitle = "history.title" ("page", "pages");
    HistoryEmpty = "history.empty";
    HistoryChoose = "history.choose";
    HistoryUndoChoice = "history.undo_choice" ("number");
    HistoryEntry = "history.entry" ("number", "who", "when");
    HistoryUndid = "history.undid" ("number");
    HistoryNobody = "history.nobody";
    HistoryUnknown = "history.unknown";
    HistoryNothingToUndo = "history.nothing_to_undo";

    ImportPreview = "import.preview";
    ImportFaults = "import.faults";
    ImportNothing = "import.nothing";
    ImportUnreadable = "import.unreadable";
    ImportTooLarge = "import.too_large";
    ImportNoFile = "import.no_file";
    ExportDone = "export.done";
    ExportAlt = "export.alt";

    ProbeTitle = "probe.title";
    ProbeSilent = "probe.silent";
    ProbeEmergency = "probe.emergency";
    ProbeToday = "probe.today";
    ProbeTopic = "probe.topic" ("name");
    ProbeHeldBack = "probe.held_back";
    ProbeFired = "probe.fired" ("phrase", "words", "place");
    ProbeDenied = "probe.denied" ("phrase", "words");
    ProbeGuarded = "probe.guarded" ("words");
    ProbeNearest = "probe.nearest" ("phrase", "lacked");
    ProbeWatched = "probe.watched" ("phrase", "name");
    ProbeChannel = "probe.channel";
    ProbeThreads = "probe.threads";
    ProbeUnknownPlace = "probe.unknown_place";
    ProbeForums = "probe.forums";
    ProbeRole = "probe.role" ("role");
    ProbeNotListening = "probe.not_listening";
    ProbeOptedOut = "probe.opted_out";
    ProbeUnknownPermissions = "probe.unknown_permissions";
    ProbeLacks = "probe.lacks" ("permission");
    ProbeCooldownPerson = "probe.cooldown_person" ("when");
    ProbeCooldownChannel = "probe.cooldown_channel" ("when");
    ProbeCooldownTopic = "probe.cooldown_topic" ("when");
    ProbeFull = "probe.full";
    ProbeQuiet = "probe.quiet";
    ProbeButton = "probe.button";
    ProbeReaction = "probe.reaction";

    PermissionView = "permission.view";
    PermissionSend = "permission.send";
    PermissionSendInThreads = "permission.send_in_threads";
    PermissionEmbed = "permission.embed";
    PermissionAttach = "permission.attach";
    PermissionHistory = "permission.history";
    PermissionReact = "permission.react";

    FeedbackTakenBack = "feedback.taken_back";
    FeedbackTakenBackDirect = "feedback.taken_back_direct";
    FeedbackForbidden = "feedback.forbidden";
    FeedbackOften = "feedback.often" ("phrase", "dismissed", "answered");
    FeedbackGone = "feedback.gone";
    FeedbackNotDeleted = "feedback.not_deleted";

    StatsTitle = "stats.title";
    StatsLead = "stats.lead" ("weeks");
    StatsNothing = "stats.nothing" ("weeks");
    StatsWeeks = "stats.weeks";
    StatsPhrases = "stats.phrases";
    StatsLegend = "stats.legend";
    StatsAnswered = "stats.answered";
    StatsDismissed = "stats.dismissed";
    StatsBreathed = "stats.breathed";
    StatsReminded = "stats.reminded";
    StatsWalked = "stats.walked";
    StatsOldPhrase = "stats.old_phrase";
    StatsNoPhrase = "stats.no_phrase";
    StatsMorePhrases = "stats.more_phrases" ("count");
    StatsChart = "stats.chart";
    StatsChartWords = "stats.chart_words" ("answered", "dismissed");

    WatchTitle = "watch.title";
    WatchLead = "watch.lead";
    WatchNothing = "watch.nothing";
    WatchWould = "watch.would" ("count", "days");
    WatchLatest = "watch.latest";
    WatchLog = "watch.log" ("response", "count", "days");
    WatchLogWhere = "watch.log_where";

    ButtonLetAnswer = "button.let_answer" ("response");
    ButtonDropWatched = "button.drop_watched" ("response");
    ButtonEarlier = "button.earlier";
    ButtonFurther = "button.further";
    ButtonNotAboutBack = "button.not_about_back";
    ButtonNeedHelp = "button.need_help";
    ButtonBreathe = "button.breathe";
    ButtonWalk = "button.walk";
    ButtonHelp = "button.help";
    ButtonMore = "button.more";
    ButtonFirstAid = "button.first_aid";
    ButtonLeaveMeAlone = "button.leave_me_alone";
    ButtonAnswerMeAgain = "button.undo";
    ButtonStopReminder = "button.stop_reminder";
    ButtonShowReminder = "button.show_reminder";
    ButtonWalked = "button.walked";
    ButtonLater = "button.later";
    ButtonEnough = "button.enough";
    ButtonEasier = "button.easier";
    ButtonSame = "button.same";
    ButtonWorse = "button.worse";
    ButtonWalkAgain = "button.walk_again";
    ButtonOnceMore = "button.once_more";
    ButtonSignFits = "button.sign_fits";
    ButtonSignFitsToday = "button.sign_fits_today";
    ButtonNoSignFits = "button.no_sign_fits";
    ButtonAgain = "button.again";
    ButtonStopBreathing = "button.stop_breathing";
    ButtonAsPicture = "button.as_picture";
    ButtonInWords = "button.in_words";
    ButtonAsSound = "button.as_sound";

    MoreTitle = "more.title";
    MoreText = "more.text";
    MoreChoose = "more.choose";

    LeaveDone = "leave.done";
    LeaveUndone = "leave.undone";

    BreatheTitle = "breathe.title" ("pattern");
    BreatheLead = "breathe.lead";
    BreatheHow = "breathe.how";
    BreatheInhale = "breathe.inhale" ("seconds");
    BreatheTopUp = "breathe.top_up" ("seconds");
    BreatheHold = "breathe.hold" ("seconds");
    BreatheExhale = "breathe.exhale" ("seconds");
    BreatheRounds = "breathe.rounds" ("rounds", "minutes");
    BreatheCaution = "breathe.caution";
    BreatheStopRule = "breathe.stop_rule";
    BreathePosture = "breathe.posture";
    BreatheClosing = "breathe.closing";
    BreatheShortened = "breathe.shortened" ("minutes");
    BreathePicture = "breathe.picture";
    BreathePicturePause = "breathe.picture_pause";
    BreathePictureAlt = "breathe.picture_alt" ("count");
    BreatheSound = "breathe.sound";
    BreatheSoundPause = "breathe.sound_pause";
    BreatheSoundAlt = "breathe.sound_alt" ("count", "minutes");
    BreatheSettle = "breathe.settle";
    BreatheStep = "breathe.step" ("phase", "seconds", "round", "rounds");
    BreatheStepInhale = "breathe.step_inhale";
    BreatheStepTopUp = "breathe.step_top_up";
    BreatheStepHold = "breathe.step_hold";
    BreatheStepExhale = "breathe.step_exhale";
    BreatheUntil = "breathe.until" ("when");
    BreatheFinished = "breathe.finished";
    BreatheStopped = "breathe.stopped";
    BreatheReplaced = "breathe.replaced";
    BreatheBotStops = "breathe.bot_stops";
    BreatheLost = "breathe.lost";
    BreatheInterrupted = "breathe.interrupted";

    WalkSet = "walk.set" ("when");
    WalkSetDirect = "walk.set_where_direct";
    WalkSetHere = "walk.set_where_here";
    WalkDueTitle = "walk.due_title";
    WalkDue = "walk.due";
    WalkDueChannel = "walk.due_channel";
    WalkLate = "walk.late" ("when");
    WalkListTitle = "walk.list_title";
    WalkListEmpty = "walk.list_empty";
    WalkListLine = "walk.list_line" ("number", "when");
    WalkListFailed = "walk.list_failed" ("number", "when");
    WalkStoppedOne = "walk.stopped_one";
    WalkStoppedAll = "walk.stopped_all" ("count");
    WalkNothingToStop = "walk.nothing_to_stop";
    WalkChoice = "walk.choice" ("number", "span");
    WalkStopAllChoice = "walk.stop_all_choice";
    WalkNotUnderstood = "walk.not_understood";
    WalkTooShort = "walk.too_short";
    WalkTooLong = "walk.too_long";
    WalkTooMany = "walk.too_many" ("limit");
    WalkSetRepeat = "walk.set_repeat" ("times", "span");
    WalkCannotHere = "walk.cannot_here";
    WalkRepeatNotUnderstood = "walk.repeat_not_understood";
    WalkRepeatTooShort = "walk.repeat_too_short";
    WalkRepeatTooLong = "walk.repeat_too_long";
    WalkEnough = "walk.enough";
    WalkHowWasIt = "walk.how_was_it";
    WalkEasier = "walk.easier";
    WalkSame = "walk.same";
    WalkWorse = "walk.worse";
    WalkListRepeat = "walk.list_repeat" ("number", "when", "left", "span");
    WalkListMissed = "walk.list_missed" ("number", "when");
    WalkMissedNote = "walk.missed_note" ("when");
    WalkFailedNote = "walk.failed_note" ("when");

    SignsLead = "signs.lead";
    SignsStopped = "signs.stopped";
    SignsNoneTitle = "signs.none_title";
    SignsNoneText = "signs.none_text";

    PrivacyTitle = "privacy.title";
    PrivacyNothing = "privacy.nothing";
    PrivacyReminders = "privacy.reminders" ("count");
    PrivacyOptOut = "privacy.opt_out";
    PrivacyAnswers = "privacy.answers" ("count");
    PrivacyCooldowns = "privacy.cooldowns" ("count");
    PrivacyHow = "privacy.how";
    PrivacyForgottenTitle = "privacy.forgotten_title";
    PrivacyForgotten = "privacy.forgotten";

    HelpTitle = "help.title";
    HelpText = "help.text" ("listening");
    HelpListeningContent = "help.listening_content";
    HelpListeningMentions = "help.listening_mentions";

    HelloTitle = "hello.title";
    HelloText = "hello.text";

    FirstAidNothing = "first_aid.nothing";

    FormNew = "form.new";
    FormEdit = "form.edit";
    FormTitleHint = "form.title_hint";
    FormPhrasesHint = "form.phrases_hint";
    FormAnswerHint = "form.answer_hint";
    FormTipsHint = "form.tips_hint";
    FormTooLong = "form.too_long";
    FormTitle = "form.title";
    FormPhrases = "form.phrases";
    FormAnswer = "form.answer";
    FormTips = "form.tips";
    FormFault = "form.fault" ("field", "what", "instead");
    FormFaultInLine = "form.fault_in_line" ("field", "line", "what", "instead");

    ExportHead = "export.head" ("server");

    ChangesAdded = "changes.added" ("name");
    ChangesRemoved = "changes.removed" ("name");
    ChangesChanged = "changes.changed" ("name");
    ChangesReplaced = "changes.replaced" ("what", "before", "after");
    ChangesNothing = "changes.nothing";
    ChangesState = "changes.state";
    ChangesOn = "changes.on";
    ChangesOff = "changes.off";
    ChangesTitle = "changes.title";
    ChangesAnswer = "changes.answer";
    ChangesPhraseAdded = "changes.phrase_added" ("phrase");
    ChangesPhraseWatched = "changes.phrase_watched" ("phrase");
    ChangesPhraseArmed = "changes.phrase_armed" ("phrase");
    ChangesPhraseSilenced = "changes.phrase_silenced" ("phrase");
    ChangesPhraseRemoved = "changes.phrase_removed" ("phrase");
    ChangesPhrasesMoved = "changes.phrases_moved";
    ChangesTipAdded = "changes.tip_added" ("tip");
    ChangesTipRemoved = "changes.tip_removed" ("tip");
    ChangesTipsMoved = "changes.tips_moved";
    ChangesMore = "changes.more" ("count");

    SettingPlaces = "setting.places";
    SettingPlacesAll = "setting.places_all";
    SettingPlacesNone = "setting.places_none";
    SettingPlacesAllBut = "setting.places_all_but" ("channels");
    SettingPlacesOnlyIn = "setting.places_only_in" ("channels");
    SettingThreads = "setting.threads";
    SettingForums = "setting.forums";
    SettingYes = "setting.yes";
    SettingNo = "setting.no";
    SettingLeftAlone = "setting.left_alone";
    SettingNobody = "setting.nobody";
    SettingPersonCooldown = "setting.person_cooldown";
    SettingChannelCooldown = "setting.channel_cooldown";
    SettingTopicCooldown = "setting.topic_cooldown";
    SettingAsUsual = "setting.as_usual";
    SettingNone = "setting.none";
    SettingBurst = "setting.burst";
    SettingBurstValue = "setting.burst_value" ("count", "span");
    SettingManner = "setting.manner";
    SettingMannerIn = "setting.manner_in" ("channel");
    SettingMannerFull = "setting.manner_full";
    SettingMannerQuiet = "setting.manner_quiet";
    SettingMannerButton = "setting.manner_button";
    SettingMannerReaction = "setting.manner_reaction";
    SettingAsEverywhere = "setting.as_everywhere";
    SettingLanguage = "setting.language";
    SettingServerLanguage = "setting.server_language";
    SettingLog = "setting.log";
    SettingListening = "setting.listening";
    SettingListeningContent = "setting.listening_content";
    SettingListeningMentions = "setting.listening_mentions";
    SettingModerators = "setting.moderators";
    SettingManageServer = "setting.manage_server";
    SettingModeratorsValue = "setting.moderators_value" ("role");

    SettingsPlacesTitle = "settings.places_title";
    SettingsQuietTitle = "settings.quiet_title";
    SettingsMannerTitle = "settings.manner_title";
    SettingsServerTitle = "settings.server_title";
    SettingsPlacesButton = "settings.places_button";
    SettingsQuietButton = "settings.quiet_button";
    SettingsMannerButton = "settings.manner_button";
    SettingsServerButton = "settings.server_button";
    SettingsFooter = "settings.footer";
    SettingsChanged = "settings.changed" ("change");
    SettingsUnchanged = "settings.unchanged";
    SettingsConflict = "settings.conflict";
    SettingsTooMany = "settings.too_many" ("most");
    SettingsTooManyManners = "settings.too_many_manners" ("most");
    SettingsUnknownChannel = "settings.unknown_channel";
    SettingsForum = "settings.forum_log";
    SettingsEverybody = "settings.everybody";
    SettingsNotOffered = "settings.not_offered";
    SettingsLogLine = "settings.log_line" ("who", "change");
    SettingsLogFailed = "settings.log_failed";
    SettingsLogUnreachable = "settings.log_unreachable";
    SettingsLine = "settings.line" ("name", "value");
    SettingsChoice = "settings.choice" ("name", "value");
    SettingsSwitch = "settings.switch" ("name", "value");
    SettingsOn = "settings.on";
    SettingsOff = "settings.off";
    SettingsAsUsual = "settings.as_usual" ("value");
    SettingsChannels = "settings.channels";
    SettingsAllBut = "settings.all_but";
    SettingsOnlyIn = "settings.only_in";
    SettingsAllButChannels = "settings.all_but_channels";
    SettingsOnlyInChannels = "settings.only_in_channels";
    SettingsThreads = "settings.threads";
    SettingsForums = "settings.forums";
    SettingsLeftAlone = "settings.left_alone";
    SettingsNowhere = "settings.nowhere";
    SettingsPlacesNote = "settings.places_note";
    SettingsPersonRest = "settings.person_rest";
    SettingsChannelRest = "settings.channel_rest";
    SettingsTopicRest = "settings.topic_rest";
    SettingsBurst = "settings.burst";
    SettingsQuietNote = "settings.quiet_note";
    SettingsEverywhere = "settings.everywhere";
    SettingsMannerIn = "settings.manner_in" ("channel", "value");
    SettingsMannerNote = "settings.manner_note";
    SettingsMannerFull = "settings.manner_full";
    SettingsMannerQuiet = "settings.manner_quiet";
    SettingsMannerButtonOnly = "settings.manner_button_only";
    SettingsMannerReaction = "settings.manner_reaction";
    SettingsChooseChannel = "settings.choose_channel";
    SettingsInThisChannel = "settings.in_this_channel";
    SettingsLanguage = "settings.language";
    SettingsLanguageName = "settings.language_name";
    SettingsLog = "settings.log";
    SettingsListening = "settings.listening";
    SettingsNoContent = "settings.no_content";
    SettingsModerators = "settings.moderators";
    SettingsModeratorsNote = "settings.moderators_note";
    SettingsTrouble = "settings.trouble";
    SettingsLacking = "settings.lacking" ("channel", "permissions");
    SettingsHowToAllow = "settings.how_to_allow";
    SettingsMapMissing = "settings.map_missing";
    SettingsLogGone = "settings.log_gone";

    PreviewUnusable = "preview.unusable" ("what", "instead");
    PreviewTooBroad = "preview.too_broad" ("phrase", "share", "messages");
    PreviewTakesOver = "preview.takes_over" ("phrase", "topic", "example");
    PreviewOverlaps = "preview.overlaps" ("phrase", "topic", "example");
    PreviewShadowed = "preview.shadowed" ("phrase", "topic");
    PreviewOtherSense = "preview.other_sense" ("phrase", "words");
    PreviewDenied = "preview.denied" ("phrase");
    PreviewNotMeant = "preview.not_meant" ("phrase", "word");
    PreviewNever = "preview.never" ("phrase");
    PreviewDuplicate = "preview.duplicate" ("phrase", "topic");
    PreviewTooLong = "preview.too_long" ("part", "characters", "excess", "most");
    PreviewWhole = "preview.whole";

    ErrorSorry = "error.sorry";
    ErrorUnknownTopic = "error.unknown_topic";
    ErrorOldButton = "error.old_button";
    ErrorNotYours = "error.not_yours";
}
