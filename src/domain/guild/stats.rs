//! What was counted in a server, put together: by week, by phrase, and what moderators should look at.

use std::collections::BTreeMap;

use super::tally::{Counted, PhraseTag, Tallied, Week};

/// How many weeks moderators are shown, this one included.
pub const SHOWN_WEEKS: u8 = 8;

/// How far back dismissals weigh: this week and those before it, 28 days at the most.
pub const DISMISSAL_WEEKS: i64 = 4;

/// From how many dismissals on a phrase is worth a look.
const FEWEST_DISMISSALS: u32 = 3;

/// Of how many answers one has to be dismissed for that.
const OF_ANSWERS: u32 = 3;

/// How often each thing happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Messages that were answered.
    pub answered: u32,
    /// Answers that were dismissed.
    pub dismissed: u32,
    /// Somebody began to breathe with the bot.
    pub breathed: u32,
    /// Somebody set a reminder.
    pub reminded: u32,
    /// Somebody walked.
    pub walked: u32,
}

impl Numbers {
    /// All of them, in the order in which they are shown.
    pub fn all(self) -> [u32; 5] {
        [self.answered, self.dismissed, self.breathed, self.reminded, self.walked]
    }

    fn add(&mut self, what: Counted, count: u32) {
        let number = match what {
            Counted::Answered => &mut self.answered,
            Counted::Dismissed => &mut self.dismissed,
            Counted::Breathed => &mut self.breathed,
            Counted::Reminded => &mut self.reminded,
            Counted::Walked => &mut self.walked,
            Counted::Watched | Counted::Warned | Counted::Digested => return,
        };
        *number = number.saturating_add(count);
    }
}

/// What happened in a server in the last [`SHOWN_WEEKS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Week by week, the oldest first, those in which nothing happened too.
    pub weeks: Vec<(Week, Numbers)>,
    /// Phrase by phrase, the one that answered most first; last what goes back to no phrase, or to none that is known.
    pub phrases: Vec<(Option<PhraseTag>, Numbers)>,
}

impl Stats {
    /// The first week that is shown, when this is the present one.
    pub fn since(now: Week) -> Week {
        now.before(i64::from(SHOWN_WEEKS) - 1)
    }

    /// Puts together what was counted.
    pub fn of(tallies: &[Tallied], now: Week) -> Self {
        let first = Self::since(now);
        let shown = (0..i64::from(SHOWN_WEEKS)).rev().map(|ago| (now.before(ago), Numbers::default()));
        let mut weeks: BTreeMap<Week, Numbers> = shown.collect();
        let mut phrases: BTreeMap<Option<PhraseTag>, Numbers> = BTreeMap::new();
        for Tallied { tally, count } in tallies.iter().filter(|tallied| tallied.tally.week >= first) {
            if let Some(week) = weeks.get_mut(&tally.week) {
                week.add(tally.what, *count);
                phrases.entry(tally.phrase).or_default().add(tally.what, *count);
            }
        }
        let mut phrases: Vec<_> = phrases.into_iter().filter(|(_, numbers)| *numbers != Numbers::default()).collect();
        phrases.sort_by_key(|(phrase, numbers)| (phrase.is_none(), std::cmp::Reverse(numbers.answered)));
        Self { weeks: weeks.into_iter().collect(), phrases }
    }
}

/// How often a phrase was dismissed, where that is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OftenDismissed {
    /// How many of its answers.
    pub dismissed: u32,
    /// Of how many.
    pub answered: u32,
}

/// Whether a phrase is dismissed so often that the moderators should hear of it, and have not yet in these weeks.
pub fn often_dismissed(tallies: &[Tallied], phrase: PhraseTag, now: Week) -> Option<OftenDismissed> {
    let since = now.before(DISMISSAL_WEEKS - 1);
    let of_phrase =
        tallies.iter().filter(|counted| counted.tally.phrase == Some(phrase) && counted.tally.week >= since);
    let sum = |what| of_phrase.clone().filter(|counted| counted.tally.what == what).map(|counted| counted.count).sum();
    let (dismissed, answered, warned): (u32, u32, u32) =
        (sum(Counted::Dismissed), sum(Counted::Answered), sum(Counted::Warned));
    let often = dismissed >= FEWEST_DISMISSALS && dismissed.saturating_mul(OF_ANSWERS) >= answered;
    (often && warned == 0).then_some(OftenDismissed { dismissed, answered })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guild::tally::Tally;

    const NOW: Week = Week::new(2_900);

    fn tallied(ago: i64, what: Counted, phrase: Option<&str>, count: u32) -> Tallied {
        Tallied { tally: Tally { week: NOW.before(ago), what, phrase: phrase.map(PhraseTag::of) }, count }
    }

    #[test]
    fn weeks_and_phrases_add_up_and_an_empty_week_is_there_too() {
        let tallies = [
            tallied(0, Counted::Answered, Some("a"), 2),
            tallied(0, Counted::Walked, None, 1),
            tallied(2, Counted::Answered, Some("a"), 3),
            tallied(2, Counted::Answered, Some("b"), 9),
            tallied(2, Counted::Watched, Some("c"), 5),
            tallied(8, Counted::Answered, Some("a"), 100),
        ];
        let stats = Stats::of(&tallies, NOW);
        let answered: Vec<u32> = stats.weeks.iter().map(|(_, numbers)| numbers.answered).collect();
        assert_eq!(answered, [0, 0, 0, 0, 0, 12, 0, 2], "nine weeks ago is too long ago");
        let phrases: Vec<_> = stats.phrases.iter().map(|(phrase, numbers)| (*phrase, numbers.all())).collect();
        let (a, b) = (Some(PhraseTag::of("a")), Some(PhraseTag::of("b")));
        assert_eq!(phrases, [(b, [9, 0, 0, 0, 0]), (a, [5, 0, 0, 0, 0]), (None, [0, 0, 0, 0, 1])]);
    }

    fn told(dismissed: u32, answered: u32, warned: u32) -> bool {
        let tallies = [
            tallied(0, Counted::Dismissed, Some("a"), dismissed),
            tallied(3, Counted::Answered, Some("a"), answered),
            tallied(3, Counted::Warned, Some("a"), warned),
            tallied(4, Counted::Answered, Some("a"), 1_000),
            tallied(0, Counted::Dismissed, Some("b"), 50),
        ];
        often_dismissed(&tallies, PhraseTag::of("a"), NOW).is_some()
    }

    #[test]
    fn moderators_hear_of_a_phrase_from_three_dismissals_and_a_third_of_its_answers_on() {
        assert!(told(3, 9, 0));
        assert!(!told(2, 2, 0));
        assert!(!told(3, 10, 0));
        assert!(told(4, 12, 0));
    }

    #[test]
    fn moderators_hear_of_it_once_in_four_weeks() {
        assert!(!told(4, 12, 1));
        let long_ago = [
            tallied(0, Counted::Dismissed, Some("a"), 3),
            tallied(0, Counted::Answered, Some("a"), 3),
            tallied(4, Counted::Warned, Some("a"), 1),
        ];
        let often = often_dismissed(&long_ago, PhraseTag::of("a"), NOW);
        assert_eq!(often, Some(OftenDismissed { dismissed: 3, answered: 3 }));
    }
}
