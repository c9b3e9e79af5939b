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

    EmergencyCall = "emergency.call" ("number", "place");
    EmergencyIfWorse = "emergency.if_worse" ("number", "place");
    EmergencyElsewhere = "emergency.call_elsewhere" ("elsewhere");
    EmergencyAdvice = "emergency.advice" ("advice");
    EmergencySigns = "emergency.signs";
    EmergencyToday = "emergency.today";
    EmergencySteps = "emergency.steps";

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
    WalkChoice = "walk.choice" ("span");
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

    ErrorSorry = "error.sorry";
    ErrorUnknownTopic = "error.unknown_topic";
    ErrorOldButton = "error.old_button";
    ErrorNotYours = "error.not_yours";
}
