//! The file of a network.
//!
//! Lines of words; the first says what the line is about, and `# ` begins a comment. Numbers are written as signs of an
//! alphabet of 64: one stands for a number from -32 to 31, two for one from -2,048 to 2,047, times the step that the
//! table's head names. The last line says what all lines before it come to (32-bit FNV-1a), so that no damage goes unseen: a
//! number that was changed is a number like others.

use rustc_hash::FxHashSet;

use super::scores::{CHOICES, DECISIONS};
use super::signs::SIGN_ROWS;
use super::{Filters, Network, Thresholds, Vectors};
use crate::domain::document::Place;
use crate::domain::matching::vocabulary::{NUMBER, PAUSE, QUESTION, STOP, fnv, key_of};
use crate::domain::topics::TopicId;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Topics that a network of a sensible size has at most.
const MOST_TOPICS: usize = 64;

/// Numbers that a word of a sensible network is at most, and words that a filter of one looks at.
const MOST: usize = 1 << 10;

/// The largest step of numbers that make sense.
const LARGEST_STEP: f32 = 64.0;

type Fault = (Place, String);

/// Reads a network, or tells what is wrong and where.
pub fn read(file: &str, text: &str) -> Result<Network, Fault> {
    let place = |line| Place { file: file.to_owned(), line };
    let mut reader = Reader {
        network: empty(place(None)),
        symbols: symbols(),
        dimensions: 0,
        step: 1.0,
        look: None,
        speak: None,
        urgent: None,
        sum: None,
    };
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with("# ")) {
        reader.take(line).map_err(|what| (place(Some(number)), what))?;
    }
    let written = reader.sum;
    let network = reader.finish().map_err(|what| (place(None), what))?;
    if written != Some(sum(text)) {
        return Err((place(None), "the file was changed, or a part of it is missing".to_owned()));
    }
    Ok(network)
}

/// What the lines before the one that says it come to.
fn sum(text: &str) -> u32 {
    fnv(text.lines().take_while(|line| !line.starts_with("sum ")).flat_map(|line| line.bytes().chain([b'\n'])))
}

struct Reader {
    network: Network,
    symbols: [Option<i16>; 256],
    dimensions: usize,
    /// The step of the table that is being read.
    step: f32,
    look: Option<f32>,
    speak: Option<f32>,
    urgent: Option<f32>,
    sum: Option<u32>,
}

fn empty(place: Place) -> Network {
    Network {
        place,
        topics: Vec::new(),
        phrases: FxHashSet::default(),
        thresholds: Thresholds { look: 0.0, speak: 1.0, urgent: 1.0 },
        words: Vectors::default(),
        families: Vectors::default(),
        places: Vectors::default(),
        filters: Vec::new(),
        opinions: Vec::new(),
        bias: Vec::new(),
        first_look: Vec::new(),
        signs: Vec::new(),
        sign_step: 1.0,
    }
}

fn symbols() -> [Option<i16>; 256] {
    let mut symbols = [None; 256];
    for (value, symbol) in (-32..).zip(ALPHABET) {
        symbols[usize::from(*symbol)] = Some(value);
    }
    symbols
}

impl Reader {
    fn take(&mut self, line: &str) -> Result<(), String> {
        let words: Vec<&str> = line.split(' ').collect();
        let dimensions = self.dimensions;
        match words.as_slice() {
            _ if self.sum.is_some() => return Err("nothing may follow `sum`".to_owned()),
            ["dimensions", count] if dimensions == 0 => self.dimensions = number(count)?,
            ["word" | "family" | "place" | "filters", ..] if dimensions == 0 => {
                return Err("`dimensions` has to come before it".to_owned());
            }
            ["outputs", names @ ..] => self.network.topics = topics(names)?,
            ["phrases", keys @ ..] => {
                self.network.phrases = keys.iter().map(|key| hexadecimal(key)).collect::<Result<_, _>>()?;
            }
            ["sum", sum] => self.sum = Some(hexadecimal(sum)?),
            ["look", written] => self.look = Some(share(written)?),
            ["speak", written] => self.speak = Some(share(written)?),
            ["urgent", written] => self.urgent = Some(share(written)?),
            ["step", step] => {
                let known = decimal(step).filter(|step| *step <= LARGEST_STEP);
                self.step = known.ok_or_else(|| format!("`{step}` is no step"))?;
            }
            ["word", word, values] => {
                let vector = self.short(values, dimensions)?;
                self.network.words.put(word_key(word), &vector, self.step);
            }
            ["family", family, values] => {
                let vector = self.short(values, dimensions)?;
                self.network.families.put(if *family == "-" { 0 } else { key_of(family) }, &vector, self.step);
            }
            ["place", place, values] => {
                let vector = self.short(values, dimensions)?;
                self.network.places.put(u32::try_from(number(place)?).unwrap_or(u32::MAX), &vector, self.step);
            }
            ["filters", width, bias, factors] => self.filters(number(width)?, bias, factors)?,
            ["first", values] => self.network.first_look = self.long(values)?,
            ["bias", values] => self.network.bias = self.long(values)?,
            ["opinions", values] => self.network.opinions = self.long(values)?,
            ["signs", values] => {
                // At once: a table that grows leaves as much again behind.
                let all = SIGN_ROWS * (DECISIONS.len() + self.network.topics.len().min(MOST_TOPICS));
                self.network.signs.reserve_exact(all.saturating_sub(self.network.signs.len()));
                let signs = self.short(values, values.len())?;
                self.network.signs.extend(signs);
                self.network.sign_step = self.step;
            }
            _ => return Err("this line says nothing that is known".to_owned()),
        }
        Ok(())
    }

    fn filters(&mut self, width: usize, bias: &str, factors: &str) -> Result<(), String> {
        let filters = Filters::new(width, self.dimensions, &self.long(factors)?, &self.long(bias)?);
        self.network.filters.push(filters.ok_or("the filters do not fit their width")?);
        Ok(())
    }

    /// Numbers of one symbol each.
    fn short(&self, written: &str, count: usize) -> Result<Vec<i8>, String> {
        if written.len() != count {
            return Err(format!("{} numbers, where {count} are needed", written.len()));
        }
        written
            .bytes()
            .map(|symbol| self.symbol(symbol).and_then(|value| i8::try_from(value).ok()))
            .collect::<Option<_>>()
            .ok_or_else(|| "a sign that stands for no number".to_owned())
    }

    /// Numbers of two symbols each, times the step.
    fn long(&self, written: &str) -> Result<Vec<f32>, String> {
        let number = |pair: &[u8]| {
            let [high, low] = pair else { return None };
            let value = self.symbol(*high)? * 64 + self.symbol(*low)? + 32;
            Some(f32::from(value) * self.step)
        };
        let numbers: Option<Vec<f32>> = written.as_bytes().chunks(2).map(number).collect();
        numbers.ok_or_else(|| "signs that stand for no number".to_owned())
    }

    fn symbol(&self, symbol: u8) -> Option<i16> {
        self.symbols[usize::from(symbol)]
    }

    /// The network, if its parts fit each other.
    fn finish(mut self) -> Result<Network, String> {
        let network = &mut self.network;
        let said = |share: Option<f32>, name: &str| share.ok_or_else(|| format!("no line says `{name}`"));
        network.thresholds = Thresholds {
            look: said(self.look, "look")?,
            speak: said(self.speak, "speak")?,
            urgent: said(self.urgent, "urgent")?,
        };
        if network.phrases.is_empty() {
            return Err("no line says `phrases`".to_owned());
        }
        let outputs = DECISIONS.len() + network.topics.len();
        let filters: usize = network.filters.iter().map(Filters::count).sum();
        if self.dimensions == 0 || network.filters.is_empty() || network.words.values.is_empty() {
            return Err("words or filters are missing".to_owned());
        }
        if network.first_look.len() != CHOICES
            || network.bias.len() != outputs
            || network.opinions.len() != filters * outputs
        {
            return Err("bias or opinions do not fit the outputs".to_owned());
        }
        if network.signs.len() != SIGN_ROWS * outputs {
            return Err(format!("{} signs, where {} are needed", network.signs.len(), SIGN_ROWS * outputs));
        }
        for vectors in [&mut network.words, &mut network.families, &mut network.places] {
            vectors.values.shrink_to_fit();
        }
        network.signs.shrink_to_fit();
        Ok(self.network)
    }
}

impl Vectors {
    fn put(&mut self, key: u32, vector: &[i8], step: f32) {
        let row = u32::try_from(self.values.len() / vector.len().max(1)).unwrap_or(u32::MAX);
        self.values.extend_from_slice(vector);
        self.rows.insert(key, row);
        self.step = step;
    }
}

/// The key of a word as the file writes it; `-` is any word that is not known.
fn word_key(word: &str) -> u32 {
    match word {
        "-" => 0,
        "." => STOP,
        "?" => QUESTION,
        "," => PAUSE,
        "0" => NUMBER,
        word => key_of(word),
    }
}

/// The topics behind the decisions.
fn topics(outputs: &[&str]) -> Result<Vec<TopicId>, String> {
    let named = outputs.strip_prefix(&DECISIONS).filter(|topics| !topics.is_empty());
    let named = named.ok_or_else(|| format!("the outputs do not begin with {}", DECISIONS.join(" ")))?;
    named.iter().map(|name| TopicId::parse(name).ok_or_else(|| format!("`{name}` is no topic"))).collect()
}

fn number(written: &str) -> Result<usize, String> {
    written.parse().ok().filter(|number| *number <= MOST).ok_or_else(|| format!("`{written}` is no count"))
}

fn hexadecimal(written: &str) -> Result<u32, String> {
    u32::from_str_radix(written, 16).map_err(|_| format!("`{written}` is no number to the base of 16"))
}

fn decimal(written: &str) -> Option<f32> {
    written.parse().ok().filter(|number: &f32| number.is_finite() && *number > 0.0)
}

fn share(written: &str) -> Result<f32, String> {
    decimal(written).filter(|share| *share <= 1.0).ok_or_else(|| format!("`{written}` is no share above 0, up to 1"))
}
