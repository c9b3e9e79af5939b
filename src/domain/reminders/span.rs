//! The grammar of a span of time: "an hour and a half", piece by piece. What could mean two things is not read at all.

pub(super) const MINUTE: u32 = 60;
pub(super) const HOUR: u32 = 60 * MINUTE;
pub(super) const DAY: u32 = 24 * HOUR;

/// A piece of a span.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token {
    /// A number.
    Number(f64, Written),
    /// A unit, in seconds.
    Unit(u32),
    /// "an"
    Article,
    /// "and"
    Join,
    /// A word that says nothing here.
    Idle,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// `30`, `1.5`
    Digits,
    /// "thirty", "half"
    Word,
    /// `½`
    Sign,
}

const FRACTIONS: [(&str, f64); 3] = [("¼", 0.25), ("½", 0.5), ("¾", 0.75)];

/// Cuts "1h30" into `1`, `h`, `30`. Nothing if there is a sign that no span of time has.
pub(super) fn pieces(text: &str) -> Option<Vec<String>> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous = ' ';
    let mut characters = text.trim().trim_end_matches(['.', '!']).chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let decimal = matches!(character, '.' | ',') && previous.is_ascii_digit() && next.is_ascii_digit();
        let character = if decimal { '.' } else { character };
        let joined = (character.is_ascii_digit() || decimal) && (previous.is_ascii_digit() || previous == '.')
            || character.is_alphabetic() && previous.is_alphabetic();
        match pieces.last_mut() {
            Some(last) if joined => last.push(character),
            _ if character.is_ascii_digit() || character.is_alphabetic() => pieces.push(character.to_string()),
            _ if FRACTIONS.iter().any(|(sign, _)| sign.starts_with(character)) => pieces.push(character.to_string()),
            _ if character.is_whitespace() || character == ',' && !next.is_ascii_digit() => {}
            _ if character == '-' && previous.is_alphabetic() && next.is_alphabetic() => {}
            // "1 hr. 30 min."
            _ if character == '.' && previous.is_alphabetic() && next.is_whitespace() => {}
            // "an hour's time", "two hours' time"
            _ if matches!(character, '\'' | '’') && previous.is_alphabetic() => {
                characters.next_if_eq(&'s');
                if characters.peek().is_some_and(|next| !next.is_whitespace()) {
                    return None;
                }
            }
            _ => return None,
        }
        // What comes behind a point that ends a word belongs to another word.
        previous = if character == '.' && !decimal { ' ' } else { character };
    }
    Some(pieces)
}

/// The number that digits or a sign stand for; `Some(None)` if they may stand for two: "1,000" for a thousand or for
/// one, "1.30" for an hour and thirty minutes or for 1.3. Nothing if it is a word.
pub(super) fn written_number(piece: &str) -> Option<Option<Token>> {
    if let Some((_, value)) = FRACTIONS.iter().find(|(sign, _)| *sign == piece) {
        return Some(Some(Token::Number(*value, Written::Sign)));
    }
    if !piece.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let clear = match piece.split_once('.') {
        None => true,
        Some((_, decimals)) => decimals.len() == 1 || ["25", "50", "75"].contains(&decimals),
    };
    Some(piece.parse().ok().filter(|_| clear).map(|value| Token::Number(value, Written::Digits)))
}

/// What was said before the next unit: "two", "two and a half".
#[derive(Clone, Copy, Debug)]
struct Quantity {
    value: f64,
    written: Written,
    /// Whether an "and" stood before it.
    joined: bool,
}

/// Adds up a span token by token.
#[derive(Debug, Default)]
pub(super) struct SpanReader {
    total: f64,
    /// The unit read last: the next one has to be smaller, and a bare "half" after it means half of it.
    last_unit: Option<u32>,
    quantity: Option<Quantity>,
    /// Whether an "and" stands before what comes.
    joined: bool,
    /// Whether an "a" stands before what comes.
    article: bool,
    /// Whether nothing more may come: "an hour from now".
    closed: bool,
}

impl SpanReader {
    /// Takes the next token; nothing if it makes no sense, or more than one.
    pub(super) fn take(&mut self, token: Token) -> Option<()> {
        if self.closed && !matches!(token, Token::Idle) {
            return None;
        }
        match token {
            Token::Number(value, written) => self.number(value, written)?,
            Token::Unit(unit) => self.unit(unit)?,
            Token::Article => self.article()?,
            Token::Join => self.join()?,
            Token::Idle => self.idle()?,
        }
        Some(())
    }

    fn number(&mut self, value: f64, written: Written) -> Option<()> {
        self.article = false;
        let joined = std::mem::take(&mut self.joined);
        let Some(before) = self.quantity else {
            self.quantity = Some(Quantity { value, written, joined });
            return Some(());
        };
        let whole = before.value >= 1.0 && before.value.fract() == 0.0;
        let of_ten = before.written == Written::Word && before.value >= 20.0 && before.value % 10.0 == 0.0;
        let value = match written {
            // "two and a half"
            Written::Word | Written::Sign if joined && whole && value < 1.0 => before.value + value,
            // "2 ½"
            Written::Sign if !joined && whole => before.value + value,
            // "three quarters"
            Written::Word if !joined && whole && before.value <= 3.0 && value < 1.0 => before.value * value,
            // "forty five"
            Written::Word if !joined && of_ten && (1.0..10.0).contains(&value) => before.value + value,
            _ => return None,
        };
        self.quantity = Some(Quantity { value, ..before });
        Some(())
    }

    fn unit(&mut self, unit: u32) -> Option<()> {
        if self.last_unit.is_some_and(|last| unit >= last) {
            return None;
        }
        let quantity = self.quantity.take();
        let value = quantity.map(|quantity| quantity.value).or(self.article.then_some(1.0))?;
        self.total += value * f64::from(unit);
        self.last_unit = Some(unit);
        (self.joined, self.article) = (false, false);
        // After "1.5 h" a "30" might be minutes, or a slip.
        self.closed = quantity.is_some_and(|it| it.written == Written::Digits && it.value.fract() != 0.0);
        Some(())
    }

    /// "half an hour", "two and a half"; but not "two an hour".
    fn article(&mut self) -> Option<()> {
        let fits = match self.quantity {
            Some(quantity) => quantity.value < 1.0 || self.joined,
            None => self.last_unit.is_none() || self.joined,
        };
        (fits && !std::mem::replace(&mut self.article, true)).then_some(())
    }

    fn join(&mut self) -> Option<()> {
        let something_before = (self.quantity.is_some() || self.last_unit.is_some()) && !self.article;
        (something_before && !std::mem::replace(&mut self.joined, true)).then_some(())
    }

    /// "a quarter of an hour"; and after the last unit it ends the span: "an hour from now".
    fn idle(&mut self) -> Option<()> {
        let after_unit = self.last_unit.is_some() && self.quantity.is_none();
        if after_unit && (self.joined || self.article) {
            return None;
        }
        self.closed |= after_unit;
        Some(())
    }

    /// The whole span, in seconds.
    pub(super) fn finish(self) -> Option<f64> {
        let last_unit = self.last_unit?;
        if self.joined || self.article {
            return None;
        }
        match self.quantity {
            None => Some(self.total),
            // "an hour and a half"
            Some(part) if part.value < 1.0 && part.joined && part.written != Written::Digits => {
                Some(self.total + part.value * f64::from(last_unit))
            }
            // "1h30"
            Some(minutes)
                if last_unit == HOUR && (1.0..60.0).contains(&minutes.value) && minutes.value.fract() == 0.0 =>
            {
                Some(self.total + minutes.value * f64::from(MINUTE))
            }
            Some(_) => None,
        }
    }
}
