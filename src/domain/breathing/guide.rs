//! When the message of a session in words has to change, and to what. It decides; somebody else waits and writes.
//!
//! A message can be slow, fail or be told to wait. The next thing shown is always the phase that holds then: what was
//! missed stays missed, so that nobody is hurried through it.

use std::time::Duration;

use super::course::{Course, Stage};
use crate::domain::Timestamp;

/// The shortest time from one change of a message to the next. Discord allows five in two seconds; nobody can read as fast.
const PACE: Duration = Duration::from_secs(1);

/// How often in a row a change may fail before the session is given up.
const MOST_FAILURES: u32 = 4;

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Show this.
    Show(Stage),
    /// Look again after this time.
    Wait(Duration),
    /// It is over.
    Over(Ending),
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All breaths are done.
    Finished,
    /// The person stopped it.
    Stopped,
    /// The person began another one.
    Replaced,
    /// The bot is being stopped.
    BotStops,
    /// The message could not be changed any more.
    Lost,
    /// The bot had gone away in the middle of it.
    Interrupted,
}

/// What became of a change of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It is there.
    Yes,
    /// It is not, and may be tried again.
    No,
    /// Not before this time has passed.
    NotBefore(Duration),
    /// The message is gone, or closed to the bot.
    Never,
}

/// A session on its way.
#[derive(Clone, Debug)]
pub struct Guide {
    course: Course,
    /// How long it has been going on, as of `looked`. A clock that is set back does not stop it, nor start it again.
    elapsed: Duration,
    looked: Timestamp,
    shown: Stage,
    /// Nothing is changed before this, counted from the start.
    not_before: Duration,
    failures: u32,
}

impl Guide {
    /// A session that starts now, whose message says already that it is about to begin.
    pub fn start(course: Course, now: Timestamp) -> Self {
        let (elapsed, not_before) = (Duration::ZERO, Duration::ZERO);
        Self { course, elapsed, looked: now, shown: Stage::Settling, not_before, failures: 0 }
    }

    /// What to do now.
    pub fn next(&mut self, now: Timestamp) -> Next {
        self.pass(now);
        if self.failures >= MOST_FAILURES {
            return Next::Over(Ending::Lost);
        }
        let Some((stage, until)) = self.course.at(self.elapsed) else { return Next::Over(Ending::Finished) };
        if stage == self.shown {
            return Next::Wait(until.max(self.not_before) - self.elapsed);
        }
        if self.elapsed < self.not_before {
            return Next::Wait(self.not_before - self.elapsed);
        }
        // Counted from the start of the change, however long it takes.
        self.not_before = self.elapsed + PACE;
        Next::Show(stage)
    }

    /// Takes note of what became of a change to `stage`.
    pub fn note(&mut self, stage: Stage, outcome: Shown, now: Timestamp) {
        self.pass(now);
        match outcome {
            Shown::Yes => {
                self.shown = stage;
                self.failures = 0;
            }
            Shown::No => self.failures += 1,
            Shown::NotBefore(pause) => self.not_before = self.not_before.max(self.elapsed.saturating_add(pause)),
            Shown::Never => self.failures = MOST_FAILURES,
        }
    }

    fn pass(&mut self, now: Timestamp) {
        self.elapsed += now.since(self.looked);
        self.looked = now;
    }
}

#[cfg(test)]
mod tests {
    use super::super::course::{SETTLING, Step};
    use super::super::{Pattern, Phase};
    use super::*;

    /// A session that a test leads: time is a number of milliseconds after the first breath.
    struct Led(Guide);

    impl Led {
        fn new(phases: &[(Phase, u64)], session: u64) -> Self {
            let phases = phases.iter().map(|(phase, length)| (*phase, Duration::from_millis(*length))).collect();
            let longest = Duration::from_secs(600);
            let pattern = Pattern { id: "test".to_owned(), phases, longest, hold_caution: false };
            let course = Course::of(&pattern, Duration::from_secs(session)).expect("it takes time");
            Self(Guide::start(course, at(0).before(SETTLING)))
        }

        fn exhale() -> Self {
            Self::new(&[(Phase::Inhale, 4000), (Phase::Exhale, 6000)], 120)
        }

        fn shows(&mut self, time: i64) -> (u32, Phase) {
            match self.0.next(at(time)) {
                Next::Show(Stage::Breathing(Step { round, phase, .. })) => (round, phase),
                other => panic!("at {time}: {other:?}"),
            }
        }

        fn waits(&mut self, time: i64) -> u128 {
            match self.0.next(at(time)) {
                Next::Wait(span) => span.as_millis(),
                other => panic!("at {time}: {other:?}"),
            }
        }

        /// The change that begins now is told to have come to `outcome` at `time`.
        fn noted(&mut self, asked: i64, time: i64, outcome: Shown) {
            let Next::Show(stage) = self.0.next(at(asked)) else { panic!("nothing to show at {asked}") };
            self.0.note(stage, outcome, at(time));
        }
    }

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millis(1_795_356_000_000 + milliseconds)
    }

    #[test]
    fn each_phase_is_shown_once_at_its_time() {
        let mut led = Led::exhale();
        assert_eq!(led.waits(-6000), 6000);
        led.noted(0, 80, Shown::Yes);
        assert_eq!(led.waits(80), 3920);
        led.noted(4000, 4300, Shown::Yes);
        assert_eq!(led.waits(4300), 5700);
        assert_eq!(led.shows(10_000), (2, Phase::Inhale));
    }

    #[test]
    fn late_wake_ups_do_not_add_up() {
        let mut led = Led::exhale();
        for round in 0..12 {
            led.noted(round * 10_000 + 35, round * 10_000 + 120, Shown::Yes);
            assert_eq!(led.waits(round * 10_000 + 120), 3880, "round {round}");
            led.noted(round * 10_000 + 4035, round * 10_000 + 4120, Shown::Yes);
        }
        assert_eq!(led.0.next(at(120_000)), Next::Over(Ending::Finished));
    }

    #[test]
    fn after_a_slow_change_the_phase_that_holds_is_shown_and_nothing_is_caught_up() {
        let mut led = Led::exhale();
        led.noted(0, 25_000, Shown::Yes);
        assert_eq!(led.shows(25_000), (3, Phase::Exhale));

        let mut led = Led::exhale();
        led.noted(0, 25_000, Shown::Yes);
        led.noted(25_000, 25_100, Shown::Yes);
        assert_eq!(led.waits(25_100), 4900, "one change, and then nothing until the next phase");
    }

    #[test]
    fn what_failed_is_tried_again_at_a_pace_with_what_holds_then() {
        let mut led = Led::exhale();
        led.noted(3500, 3600, Shown::No);
        assert_eq!(led.waits(3600), 900);
        assert_eq!(led.shows(4500), (1, Phase::Exhale));
    }

    #[test]
    fn whoever_is_told_to_wait_waits() {
        let mut led = Led::exhale();
        led.noted(0, 100, Shown::NotBefore(Duration::from_millis(12_000)));
        assert_eq!(led.waits(100), 12_000);
        assert_eq!(led.shows(12_100), (2, Phase::Inhale));
    }

    #[test]
    fn a_wait_is_kept_even_while_the_right_thing_is_shown() {
        let mut led = Led::exhale();
        led.noted(0, 100, Shown::Yes);
        led.noted(4000, 4100, Shown::NotBefore(Duration::from_millis(20_000)));
        assert_eq!(led.waits(10_000), 14_100);
        assert_eq!(led.waits(11_000), 13_100);
    }

    #[test]
    fn being_told_to_wait_is_no_failure_but_failing_again_and_again_is_the_end() {
        let mut led = Led::exhale();
        for second in 0..10 {
            led.noted(second * 2000, second * 2000, Shown::NotBefore(Duration::from_millis(1500)));
        }
        for second in 0..4 {
            led.noted(30_000 + second * 1000, 30_000 + second * 1000, Shown::No);
        }
        assert_eq!(led.0.next(at(34_000)), Next::Over(Ending::Lost));
    }

    #[test]
    fn a_change_that_works_in_between_makes_up_for_failures() {
        let mut led = Led::exhale();
        for round in 0..5 {
            let start = round * 10_000;
            for later in [0, 1000, 2000] {
                led.noted(start + later, start + later, Shown::No);
            }
            led.noted(start + 3000, start + 3100, Shown::Yes);
            led.noted(start + 4000, start + 4100, Shown::Yes);
        }
    }

    #[test]
    fn a_message_that_is_gone_ends_it_at_once() {
        let mut led = Led::exhale();
        led.noted(0, 100, Shown::Never);
        assert_eq!(led.0.next(at(100)), Next::Over(Ending::Lost));
    }

    #[test]
    fn phases_too_short_to_be_read_are_passed_over() {
        let mut led = Led::new(&[(Phase::Inhale, 300), (Phase::Exhale, 300)], 60);
        led.noted(0, 10, Shown::Yes);
        let first_look = led.waits(10);
        let mut changes = 0;
        let mut time = 10 + i64::try_from(first_look).expect("a short wait");
        while time < 59_000 {
            match led.0.next(at(time)) {
                Next::Show(stage) => {
                    led.0.note(stage, Shown::Yes, at(time));
                    changes += 1;
                }
                Next::Wait(span) => time += i64::try_from(span.as_millis().max(1)).expect("a short wait"),
                Next::Over(ending) => panic!("{ending:?}"),
            }
        }
        assert!((20..=59).contains(&changes), "{changes} changes in 59 seconds");
    }

    #[test]
    fn a_clock_that_is_set_back_neither_stops_it_nor_starts_it_again() {
        let mut led = Led::exhale();
        led.noted(0, 100, Shown::Yes);
        let an_hour = 3_600_000;
        assert_eq!(led.waits(100 - an_hour), 3900);
        assert_eq!(led.shows(4000 - an_hour), (1, Phase::Exhale));
    }

    #[test]
    fn a_clock_that_jumps_ahead_ends_it() {
        assert_eq!(Led::exhale().0.next(at(3_600_000)), Next::Over(Ending::Finished));
    }
}
