//! What the outputs of the network mean.

use super::input::Evidence;
use crate::domain::topics::TopicId;

/// From which shares on the network looks closer, speaks, and calls it urgent; each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// The share of an answer, by single signs alone, from which on the words are read.
    pub look: f32,
    /// The share of an answer, of any kind, against none.
    pub speak: f32,
    /// The share of an urgent answer against any other.
    pub urgent: f32,
}

/// From which share of an urgent answer on it speaks sooner, and at which part of what it takes else: what is not answered
/// could be an emergency.
const LIKELY_URGENT: f32 = 0.6;
const SOONER: f32 = 0.5;

/// From which share on it speaks where nothing else speaks for a body's back: "back then" is said more often than learnt.
const SURE: f32 = 0.88;

/// From which share on it speaks where back trouble and a sign of despair or of an overdose were found: somebody might die.
const IN_DANGER: f32 = 0.15;

/// What a message amounts to; each share is from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// How likely it is to want an answer.
    pub speak: f32,
    /// How likely that answer is the urgent one.
    pub urgent: f32,
    /// How likely an emergency is one for the ambulance, and not for a doctor today.
    pub emergency: f32,
    /// The topics, the likeliest first.
    pub topics: Vec<(TopicId, f32)>,
    evidence: Evidence,
    thresholds: Thresholds,
}

/// How many of the outputs exclude each other: no answer, an answer, an urgent one.
pub(super) const CHOICES: usize = 3;

/// The outputs that are no topics.
pub const DECISIONS: [&str; 4] = ["none", "reply", "urgent", "emergency"];

impl Scores {
    /// From the outputs: the decisions first, then the topics.
    pub(super) fn new(names: &[TopicId], outputs: &[f32], evidence: Evidence, thresholds: Thresholds) -> Self {
        let (decisions, asked) = outputs.split_at(DECISIONS.len().min(outputs.len()));
        let shares = shares(&decisions[..CHOICES.min(decisions.len())]);
        let share = |number: usize| shares.get(number).copied().unwrap_or(0.0);
        let speak = share(1) + share(2);
        let mut topics: Vec<(TopicId, f32)> = names.iter().cloned().zip(self::shares(asked)).collect();
        topics.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        Self {
            speak,
            urgent: if speak > 0.0 { share(2) / speak } else { 0.0 },
            emergency: 1.0 / (1.0 + (-decisions.get(3).copied().unwrap_or(0.0)).exp()),
            topics,
            evidence,
            thresholds,
        }
    }

    /// Those of a message that a first look passes over.
    pub(super) fn silent(names: &[TopicId], speak: f32, evidence: Evidence, thresholds: Thresholds) -> Self {
        let topics = names.iter().map(|name| (name.clone(), 0.0)).collect();
        Self { speak, urgent: 0.0, emergency: 0.0, topics, evidence, thresholds }
    }

    /// Whether the message wants an answer.
    pub fn speaks(&self) -> bool {
        self.speak >= self.needed()
    }

    /// The share of an answer from which on it speaks.
    pub fn needed(&self) -> f32 {
        let Thresholds { look, speak, urgent } = self.thresholds;
        if self.evidence.in_danger && self.urgent >= urgent {
            return IN_DANGER;
        }
        let needed = match (self.evidence.of_a_body, self.urgent >= LIKELY_URGENT) {
            (true, true) => SOONER * speak,
            (true, false) => speak,
            (false, _) => speak.max(SURE),
        };
        needed.max(look)
    }

    /// The odds of an answer, as a logarithm: 0 is even.
    pub(super) fn odds(&self) -> f32 {
        let share = self.speak.clamp(f32::EPSILON, 1.0 - f32::EPSILON);
        (share / (1.0 - share)).ln()
    }

    /// The share from which on an answer is the urgent one, where this part of what it takes else is enough.
    pub fn urgent_from(&self, part: f32) -> f32 {
        part * self.thresholds.urgent
    }

    /// Whether that answer is the urgent one, where a part of the share that it takes is enough.
    pub fn is_urgent(&self, part: f32) -> bool {
        self.speaks() && self.urgent >= self.urgent_from(part)
    }
}

/// The share of each output in all of them (softmax).
pub(super) fn shares(outputs: &[f32]) -> Vec<f32> {
    let most = outputs.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = outputs.iter().map(|output| (output - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_A_BODY: Evidence = Evidence { by_phrase: false, of_a_body: true, in_danger: false };

    fn scores(outputs: &[f32]) -> Scores {
        let names = ["ice-or-heat", "breathing"].map(|name| TopicId::parse(name).unwrap());
        Scores::new(&names, outputs, OF_A_BODY, Thresholds { look: 0.0, speak: 0.5, urgent: 0.4 })
    }

    #[test]
    fn it_speaks_where_an_answer_of_any_kind_is_likelier_than_none() {
        assert!(!scores(&[3.0, 1.0, 1.0, 0.0, 0.0, 0.0]).speaks());
        let told = scores(&[1.0, 3.0, 0.0, 0.0, -1.0, 2.0]);
        assert!(told.speaks() && !told.is_urgent(1.0));
        assert_eq!(told.topics[0].0.as_str(), "breathing");
    }

    #[test]
    fn it_speaks_sooner_where_it_is_likely_urgent() {
        // The same share of an answer, of either kind.
        assert!(!scores(&[0.5, 0.0, -9.0, 0.0, 0.0, 0.0]).speaks());
        assert!(scores(&[0.5, -9.0, 0.0, 0.0, 0.0, 0.0]).speaks());
    }

    #[test]
    fn in_danger_little_is_enough_for_an_urgent_answer_and_for_no_other() {
        let names = [TopicId::parse("breathing").unwrap()];
        let thresholds = Thresholds { look: 0.25, speak: 0.5, urgent: 0.4 };
        let in_danger = |outputs: &[f32]| {
            Scores::new(&names, outputs, Evidence { in_danger: true, ..OF_A_BODY }, thresholds).speaks()
        };
        // A fifth, and a tenth, of all.
        assert!(in_danger(&[1.4, -9.0, 0.0, 0.0, 0.0]));
        assert!(!in_danger(&[2.2, -9.0, 0.0, 0.0, 0.0]));
        assert!(!in_danger(&[1.4, 0.0, -9.0, 0.0, 0.0]));
    }

    #[test]
    fn where_nothing_speaks_for_a_body_it_has_to_be_surer() {
        let needed = |outputs: &[f32]| {
            let names = [TopicId::parse("breathing").unwrap()];
            Scores::new(&names, outputs, Evidence::default(), Thresholds { look: 0.0, speak: 0.5, urgent: 0.4 })
                .needed()
        };
        let [ordinary, urgent] =
            [[0.0, 1.0, -9.0, 0.0, 0.0], [0.0, -9.0, 1.0, 0.0, 0.0]].map(|outputs| needed(&outputs));
        assert_eq!([ordinary, urgent], [SURE, SURE]);
    }

    #[test]
    fn it_is_urgent_only_where_it_speaks() {
        assert!(scores(&[0.0, 1.0, 1.0, 0.0, 0.0, 0.0]).is_urgent(1.0));
        assert!(!scores(&[9.0, 0.0, 1.0, 0.0, 0.0, 0.0]).is_urgent(1.0));
        assert!(scores(&[0.0, 1.0, 0.0, 0.0, 0.0, 0.0]).is_urgent(0.5));
    }
}
