//! The figures, as lines to read.

use std::time::Duration;

use super::measure::Cost;

/// What the rounds of one bot cost.
#[derive(Debug, Default)]
pub struct Figures {
    costs: Vec<Cost>,
}

/// The middle of some numbers, the least and the most.
struct Spread {
    least: f64,
    middle: f64,
    most: f64,
}

impl Figures {
    /// Adds a round.
    pub fn add(&mut self, cost: Cost) {
        self.costs.push(cost);
    }

    fn spread(&self, of: impl Fn(&Cost) -> f64) -> Spread {
        Spread::of(self.costs.iter().map(of).collect())
    }
}

impl Spread {
    fn of(mut numbers: Vec<f64>) -> Self {
        numbers.sort_by(f64::total_cmp);
        let at = |index: usize| numbers.get(index).copied().unwrap_or(f64::NAN);
        Self { least: at(0), middle: at(numbers.len() / 2), most: at(numbers.len().saturating_sub(1)) }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:8.2}  ({:.2} to {:.2})", self.middle, self.least, self.most)
    }
}

/// The newest round in a line.
pub fn round(whole: &Figures, idle: &Figures) -> String {
    let (Some(whole), Some(idle)) = (whole.costs.last(), idle.costs.last()) else { return String::new() };
    let (one, other) = (whole.cpu.as_secs_f64(), idle.cpu.as_secs_f64());
    format!("{one:.2} s of CPU, the idle bot {other:.2} s: {:.2} times as much", one / other)
}

/// Both bots, and the ratio of each round.
pub fn comparison(whole: &Figures, idle: &Figures) -> String {
    let mut lines = vec![format!("\nmedian (spread){:33}the whole bot{:22}an idle serenity bot", "", "")];
    let mut row = |name: &str, of: fn(&Cost) -> f64| {
        let (one, other) = (whole.spread(of).to_string(), idle.spread(of).to_string());
        lines.push(format!("{name:40}{one:35}{other}"));
    };
    row("CPU for the flood, s", |cost| cost.cpu.as_secs_f64());
    row("wall clock for the flood, s", |cost| cost.wall.as_secs_f64());
    row("memory when idle, MiB", |cost| mebibytes(cost.idle));
    row("memory at the peak, MiB", |cost| mebibytes(cost.peaks[0]));
    row("start to IDENTIFY, ms", |cost| milliseconds(cost.to_identify));
    let rounds = whole.costs.iter().zip(&idle.costs);
    let ratios = rounds.map(|(one, other)| one.cpu.as_secs_f64() / other.cpu.as_secs_f64()).collect();
    lines.push(format!("{:40}{}", "CPU, times the idle bot's", Spread::of(ratios)));
    lines.join("\n")
}

/// Whether memory stays flat.
pub fn flatness(twice: &Cost, events: usize) -> String {
    let peaks: Vec<String> = twice.peaks.iter().map(|peak| format!("{:.2}", mebibytes(*peak))).collect();
    format!("{:40}{} MiB", format!("peak after {events} and {} events", events * 2), peaks.join(" and "))
}

/// How long an answer takes.
pub fn latency(waits: &[Duration]) -> String {
    let mut waits: Vec<f64> = waits.iter().copied().map(milliseconds).collect();
    waits.sort_by(f64::total_cmp);
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    let name = format!("message to answer, {} single ones, ms", waits.len());
    format!("{name:40}{:8.2}  (99 of 100 within {:.2})", at(0.5), at(0.99))
}

fn mebibytes(kibibytes: u64) -> f64 {
    kibibytes as f64 / 1024.0
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
