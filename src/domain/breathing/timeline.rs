//! A breath as a function of time: how full the lungs are, in which phase one is, and how long that phase still lasts.
//! The picture, the sound and the words all follow this one course, so that they can never disagree.

use std::f64::consts::PI;
use std::time::Duration;

use super::{Pattern, Phase};

/// How full the lungs are after an ordinary breath in that a top-up follows; 1 is full.
const BEFORE_TOP_UP: f64 = 0.82;

/// One phase of a breath, with its place in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Which phase it is.
    pub phase: Phase,
    /// When it starts, from the start of the breath.
    pub start: Duration,
    /// When it ends, from the start of the breath; the next phase starts there.
    pub end: Duration,
    /// How full the lungs are when it starts, 0 (empty) to 1 (full).
    pub from: f64,
    /// How full the lungs are when it ends, 0 to 1.
    pub to: f64,
}

impl Span {
    /// How long it lasts; never zero.
    pub fn length(&self) -> Duration {
        self.end - self.start
    }
}

/// What holds at one moment of a breath.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The place of the phase in the breath, counted from 0.
    pub index: usize,
    /// The phase.
    pub phase: Phase,
    /// How long the phase still lasts; never zero.
    pub left: Duration,
    /// How much of the phase is over, 0 to (just under) 1.
    pub progress: f64,
    /// How full the lungs are, 0 (empty) to 1 (full).
    pub fullness: f64,
}

/// The course of one breath, which repeats for ever.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    spans: Vec<Span>,
    breath: Duration,
}

impl Timeline {
    /// The course of `pattern`; `None` if a breath of it takes no time.
    pub fn of(pattern: &Pattern) -> Option<Self> {
        let phases: Vec<_> = pattern.phases.iter().filter(|(_, length)| !length.is_zero()).collect();
        // The breath repeats, so it starts where the one before has ended.
        let end = phases.iter().fold(0.0, |from, (phase, _)| level_after(*phase, from, false));
        let mut spans: Vec<Span> = Vec::with_capacity(phases.len());
        let mut start = Duration::ZERO;
        let mut from = end;
        for (place, (phase, length)) in phases.iter().enumerate() {
            let topped_up = phases.get(place + 1).is_some_and(|(next, _)| *next == Phase::TopUp);
            let to = level_after(*phase, from, topped_up);
            spans.push(Span { phase: *phase, start, end: start + *length, from, to });
            start += *length;
            from = to;
        }
        (!spans.is_empty()).then_some(Self { spans, breath: start })
    }

    /// The phases in order, without gaps.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// How long one breath takes; never zero.
    pub fn breath(&self) -> Duration {
        self.breath
    }

    /// What holds `time` after the start of the session, in whichever breath that is.
    pub fn at(&self, time: Duration) -> Moment {
        // Whole nanoseconds, because seconds as a fraction would drift from breath to breath.
        let into_breath = time.as_nanos() % self.breath.as_nanos();
        let index = self.spans.partition_point(|span| span.end.as_nanos() <= into_breath);
        let span = self.spans[index];
        let left = span.end.as_nanos() - into_breath;
        let progress = 1.0 - left as f64 / span.length().as_nanos() as f64;
        Moment {
            index,
            phase: span.phase,
            left: Duration::from_nanos(u64::try_from(left).unwrap_or(u64::MAX)),
            progress,
            fullness: span.from + (span.to - span.from) * eased(progress),
        }
    }
}

/// How full the lungs are after `phase`, if they were `from` full before it.
fn level_after(phase: Phase, from: f64, topped_up: bool) -> f64 {
    match phase {
        Phase::Inhale if topped_up => BEFORE_TOP_UP,
        Phase::Inhale | Phase::TopUp => 1.0,
        Phase::Hold | Phase::Rest => from,
        Phase::Exhale => 0.0,
    }
}

/// Half a cosine from 0 to 1: breath starts and stops gently.
fn eased(progress: f64) -> f64 {
    (1.0 - (PI * progress).cos()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(phases: &[(Phase, f64)]) -> Timeline {
        let phases = phases.iter().map(|(phase, seconds)| (*phase, Duration::from_secs_f64(*seconds))).collect();
        let longest = Duration::from_secs(300);
        let pattern = Pattern { id: "test".to_owned(), phases, longest, hold_caution: false };
        Timeline::of(&pattern).expect("it takes time")
    }

    fn fullness(timeline: &Timeline, seconds: f64) -> f64 {
        timeline.at(Duration::from_secs_f64(seconds)).fullness
    }

    #[track_caller]
    fn assert_near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-9, "{left} is not {right}");
    }

    #[test]
    fn the_lungs_fill_and_empty_gently() {
        let even = timeline(&[(Phase::Inhale, 4.0), (Phase::Exhale, 6.0)]);
        assert_near(fullness(&even, 0.0), 0.0);
        assert_near(fullness(&even, 2.0), 0.5);
        assert_near(fullness(&even, 4.0), 1.0);
        assert_near(fullness(&even, 7.0), 0.5);
        assert!(fullness(&even, 0.4) < 0.03, "a gentle start");
        assert!(fullness(&even, 9.6) < 0.02, "a gentle end");
    }

    #[test]
    fn holds_and_rests_keep_what_is_there() {
        let square = timeline(&[(Phase::Inhale, 4.0), (Phase::Hold, 4.0), (Phase::Exhale, 4.0), (Phase::Rest, 4.0)]);
        assert_near(fullness(&square, 4.0), fullness(&square, 7.9));
        assert_near(fullness(&square, 12.0), 0.0);
        assert_near(fullness(&square, 15.9), 0.0);
    }

    #[test]
    fn a_top_up_adds_a_little() {
        let sigh = timeline(&[(Phase::Inhale, 3.0), (Phase::TopUp, 1.0), (Phase::Exhale, 7.0)]);
        assert_near(fullness(&sigh, 3.0), BEFORE_TOP_UP);
        assert_near(fullness(&sigh, 4.0), 1.0);
        assert_eq!(sigh.at(Duration::from_millis(3500)).phase, Phase::TopUp);
    }

    #[test]
    fn each_moment_knows_its_phase_and_what_is_left_of_it() {
        let even = timeline(&[(Phase::Inhale, 4.0), (Phase::Exhale, 6.0)]);
        let moment = even.at(Duration::from_millis(5500));
        assert_eq!((moment.index, moment.phase), (1, Phase::Exhale));
        assert_eq!(moment.left, Duration::from_millis(4500));
        assert_near(moment.progress, 0.25);
        let at_the_joint = even.at(Duration::from_secs(4));
        assert_eq!((at_the_joint.phase, at_the_joint.left), (Phase::Exhale, Duration::from_secs(6)));
    }

    #[test]
    fn every_breath_is_like_the_first() {
        let odd = timeline(&[(Phase::Inhale, 3.7), (Phase::Exhale, 6.001)]);
        let later = odd.breath() * 61;
        for milliseconds in [0, 1, 3699, 3700, 9700] {
            let time = Duration::from_millis(milliseconds);
            assert_eq!(odd.at(time), odd.at(later + time));
        }
    }

    #[test]
    fn a_pattern_that_takes_no_time_has_no_course() {
        let phases = vec![(Phase::Exhale, Duration::ZERO)];
        let pattern = Pattern { id: "none".to_owned(), phases, longest: Duration::ZERO, hold_caution: false };
        assert_eq!(Timeline::of(&pattern), None);
    }
}
