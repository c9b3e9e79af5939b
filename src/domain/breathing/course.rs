//! A session in words, as a function of time: a moment to settle, then whole breaths, phase by phase.
//!
//! Each phase starts at its own offset from the start of the session, never at the sum of what came before, so nothing
//! drifts however late one looks.

use std::time::Duration;

use super::timeline::Timeline;
use super::{Pattern, Phase};

/// How long people get to lie down and read before the first breath.
pub const SETTLING: Duration = Duration::from_secs(6);

/// What holds at one moment of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is about to begin.
    Settling,
    /// A phase of a breath.
    Breathing(Step),
}

/// A phase of one of the breaths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The breath, counted from 1.
    pub round: u32,
    /// The place of the phase in its breath, counted from 0.
    pub index: usize,
    /// The phase.
    pub phase: Phase,
    /// How long the whole phase lasts.
    pub length: Duration,
}

/// The course of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    timeline: Timeline,
    rounds: u32,
}

impl Course {
    /// A session of as many whole breaths of `pattern` as fit into `session`; `None` if a breath takes no time.
    pub fn of(pattern: &Pattern, session: Duration) -> Option<Self> {
        Some(Self { timeline: Timeline::of(pattern)?, rounds: pattern.rounds_in(session) })
    }

    /// How many breaths there are.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// How long it all takes.
    pub fn length(&self) -> Duration {
        SETTLING.saturating_add(self.timeline.breath().saturating_mul(self.rounds))
    }

    /// What holds `elapsed` after the start, and when it ends, counted from the start; `None` when all is over.
    pub fn at(&self, elapsed: Duration) -> Option<(Stage, Duration)> {
        let Some(breathing) = elapsed.checked_sub(SETTLING) else { return Some((Stage::Settling, SETTLING)) };
        if elapsed >= self.length() {
            return None;
        }
        let moment = self.timeline.at(breathing);
        let round = breathing.as_nanos() / self.timeline.breath().as_nanos() + 1;
        let step = Step {
            round: u32::try_from(round).unwrap_or(u32::MAX),
            index: moment.index,
            phase: moment.phase,
            length: self.timeline.spans()[moment.index].length(),
        };
        Some((Stage::Breathing(step), elapsed + moment.left))
    }

    /// The phase as a bar, two cells a second: it rises with the lungs, and falls with them.
    pub fn bar(&self, step: &Step) -> String {
        let Some(span) = self.timeline.spans().get(step.index) else { return String::new() };
        let cells = (span.length().as_secs_f64() * CELLS_A_SECOND).round().clamp(1.0, MOST_CELLS);
        let height = |cell: u32| {
            let fullness =
                self.timeline.at(span.start + span.length().mul_f64((f64::from(cell) + 0.5) / cells)).fullness;
            HEIGHTS[(fullness * (HEIGHTS.len() - 1) as f64).round() as usize % HEIGHTS.len()]
        };
        (0..cells as u32).map(height).collect()
    }
}

const CELLS_A_SECOND: f64 = 2.0;
const MOST_CELLS: f64 = 20.0;
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

#[cfg(test)]
mod tests {
    use super::*;

    fn course(phases: &[(Phase, f64)], session: u64) -> Course {
        let phases = phases.iter().map(|(phase, length)| (*phase, Duration::from_secs_f64(*length))).collect();
        let longest = Duration::from_secs(600);
        let pattern = Pattern { id: "test".to_owned(), phases, longest, hold_caution: false };
        Course::of(&pattern, Duration::from_secs(session)).expect("it takes time")
    }

    fn exhale() -> Course {
        course(&[(Phase::Inhale, 4.0), (Phase::Exhale, 6.0)], 120)
    }

    fn after(milliseconds: u64) -> Duration {
        SETTLING + Duration::from_millis(milliseconds)
    }

    #[test]
    fn one_settles_then_breathes_and_then_it_is_over() {
        let course = exhale();
        assert_eq!(course.at(Duration::ZERO), Some((Stage::Settling, SETTLING)));
        assert_eq!(course.at(SETTLING - Duration::from_millis(1)), Some((Stage::Settling, SETTLING)));
        let (first, until) = course.at(SETTLING).expect("the first breath");
        let inhale = Step { round: 1, index: 0, phase: Phase::Inhale, length: Duration::from_secs(4) };
        assert_eq!((first, until), (Stage::Breathing(inhale), after(4000)));
        assert!(course.at(after(119_999)).is_some());
        assert_eq!(course.at(after(120_000)), None);
        assert_eq!(course.at(Duration::MAX), None);
    }

    #[test]
    fn phase_after_phase_starts_at_its_own_offset_in_every_round() {
        let course = course(&[(Phase::Inhale, 3.7), (Phase::Exhale, 6.001)], 600);
        let mut time = SETTLING;
        for round in 0..course.rounds() {
            for (index, offset) in [0, 3700].into_iter().enumerate() {
                let start = after(u64::from(round) * 9701 + offset);
                assert_eq!(time, start, "the phase before ends where this one starts");
                let Some((Stage::Breathing(step), until)) = course.at(start) else { panic!("it breathes") };
                assert_eq!((step.round, step.index), (round + 1, index));
                time = until;
            }
        }
        assert_eq!((time, course.at(time)), (course.length(), None));
    }

    #[test]
    fn whoever_looks_late_sees_what_holds_then() {
        let Some((Stage::Breathing(step), until)) = exhale().at(after(37_500)) else { panic!("it breathes") };
        assert_eq!((step.round, step.phase, until), (4, Phase::Exhale, after(40_000)));
    }

    #[test]
    fn the_bar_rises_and_falls_with_the_lungs() {
        let sigh = course(&[(Phase::Inhale, 3.0), (Phase::TopUp, 1.0), (Phase::Exhale, 7.0), (Phase::Rest, 1.0)], 60);
        let bar = |index| sigh.bar(&Step { round: 1, index, phase: Phase::Inhale, length: Duration::ZERO });
        assert_eq!([0, 1, 2, 3].map(bar), ["▁▂▃▅▆▇", "▇█", "██▇▇▆▆▅▄▃▃▂▂▁▁", "▁▁"]);
        assert_eq!(bar(4), "");
    }

    #[test]
    fn no_bar_is_empty_or_endless() {
        let odd = course(&[(Phase::Inhale, 0.1), (Phase::Hold, 60.0)], 60);
        let bar = |index| odd.bar(&Step { round: 1, index, phase: Phase::Inhale, length: Duration::ZERO });
        assert_eq!(bar(0).chars().count(), 1);
        assert_eq!(bar(1), "█".repeat(20));
    }
}
