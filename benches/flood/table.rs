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
        write!(out, "{:.2} ({:.2} to {:.2})", self.middle, self.least, self.most)
    }
}

/// The newest round in a line.
pub fn round(whole: &Figures, idle: &Figures, raw: &Figures) -> String {
    let newest = |figures: &Figures| figures.costs.last().map_or(f64::NAN, |cost| cost.cpu.as_secs_f64());
    let (whole, idle, raw) = (newest(whole), newest(idle), newest(raw));
    format!("{whole:.2} s of CPU, the idle bots {idle:.2} s and (raw) {raw:.2} s")
}

/// All bots, and the ratios of each round.
pub fn comparison(whole: &Figures, idle: &Figures, raw: &Figures) -> String {
    let bots = ["the whole bot", "an idle serenity bot", "an idle one with a raw handler"];
    let mut lines = vec![String::new(), columns("median (least to most)", bots.map(str::to_owned))];
    let mut row = |name: &str, of: fn(&Cost) -> f64| {
        lines.push(columns(name, [whole, idle, raw].map(|figures| figures.spread(of).to_string())));
    };
    row("CPU for the flood, s", |cost| cost.cpu.as_secs_f64());
    row("wall clock for the flood, s", |cost| cost.wall.as_secs_f64());
    row("memory when idle, MiB", |cost| mebibytes(cost.idle));
    row("memory at the peak, MiB", |cost| mebibytes(cost.peaks[0]));
    row("start to IDENTIFY, ms", |cost| milliseconds(cost.to_identify));
    let ratio = |other: &Figures| {
        let rounds = whole.costs.iter().zip(&other.costs);
        Spread::of(rounds.map(|(one, other)| one.cpu.as_secs_f64() / other.cpu.as_secs_f64()).collect()).to_string()
    };
    lines.push(columns("the whole bot's CPU, times that", [String::new(), ratio(idle), ratio(raw)]));
    lines.join("\n")
}

fn columns(name: &str, cells: [String; 3]) -> String {
    let [one, two, three] = cells;
    format!("{name:34}{one:28}{two:28}{three}").trim_end().to_owned()
}

/// Whether memory stays flat.
pub fn flatness(twice: &Cost, events: usize) -> String {
    let peaks: Vec<String> = twice.peaks.iter().map(|peak| format!("{:.2}", mebibytes(*peak))).collect();
    format!("{:34}{} MiB", format!("peak of {events} and {} events", events * 2), peaks.join(" and "))
}

/// How long an answer takes.
pub fn latency(waits: &[Duration]) -> String {
    let mut waits: Vec<f64> = waits.iter().copied().map(milliseconds).collect();
    waits.sort_by(f64::total_cmp);
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    let name = format!("message to answer, {} times, ms", waits.len());
    format!("{name:34}{:.2} (99 of 100 within {:.2})", at(0.5), at(0.99))
}

fn mebibytes(kibibytes: u64) -> f64 {
    kibibytes as f64 / 1024.0
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
