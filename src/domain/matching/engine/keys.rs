//! Words as numbers: what the gate looks up.

/// Whether three letters in a row are the same, in whatever case.
pub(super) fn has_triple_in(word: &[u8]) -> bool {
    word.windows(3).any(|three| three.iter().all(|byte| byte.eq_ignore_ascii_case(&three[0])))
}

/// Eight bytes in lower case; signs and digits change, too, but those are masked out or looked at one by one.
pub(super) fn lower(eight: u64) -> u64 {
    eight | 0x2020_2020_2020_2020
}

/// The first `length` bytes of eight.
pub(super) fn mask(length: usize) -> u64 {
    if length >= 8 { u64::MAX } else { (1 << (8 * length)) - 1 }
}

/// Whether two letters in a row are the same, in whatever case.
pub(super) fn has_double_in(word: &[u8]) -> bool {
    word.windows(2).any(|two| two[0].eq_ignore_ascii_case(&two[1]))
}

/// Whether two letters in a row are the same; now and then yes where they are only alike.
pub(super) fn has_double(eight: u64) -> bool {
    let same = eight ^ (eight >> 8);
    // A zero byte stands for two equal letters.
    same.wrapping_sub(0x0101_0101_0101_0101) & !same & 0x8080_8080_8080_8080 & (eight << 2 | eight << 1) != 0
}

/// The key of a word: its first eight letters, and whether there are more.
pub(super) fn finish(eight: u64, more: bool) -> u64 {
    if more { !eight } else { eight }
}

/// A key of all letters of a word.
pub(super) fn whole_key(word: &[u8]) -> u64 {
    word.iter().fold(word.len() as u64, |key, byte| {
        (key.rotate_left(7) ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// The key of a word without digits, with each doubled letter written once.
pub(super) fn single_key(word: &[u8]) -> u64 {
    let (mut eight, mut length, mut last) = (0_u64, 0, 0);
    for byte in word {
        let letter = byte | 0x20;
        if letter != last {
            eight |= if length < 8 { u64::from(letter) << (8 * length) } else { 0 };
            length += 1;
            last = letter;
        }
    }
    finish(eight, length > 8)
}

/// How the letters of a word are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// As they are.
    AsWritten,
    /// With letters for the digits that look like them.
    ForDigits,
    /// So, and at most two of those that stand several times in a row, as stretched words are read.
    TwiceAtMost,
    /// So, and one of those that stand several times in a row.
    Once,
}

/// The key of a word spelt out.
pub(super) fn slow_key(word: &[u8], letters: Letters) -> u64 {
    let (mut eight, mut length, mut last, mut run) = (0_u64, 0, 0, 0);
    for byte in word {
        let written = byte.to_ascii_lowercase();
        let letter = if letters == Letters::AsWritten { written } else { letter(written) };
        // What is stretched is shortened before digits are read as letters, and digits never are.
        let seen = if letters == Letters::TwiceAtMost { written } else { letter };
        run = if seen == last { run + 1 } else { 1 };
        last = seen;
        let most = match letters {
            Letters::TwiceAtMost if !byte.is_ascii_digit() => 2,
            Letters::Once => 1,
            Letters::AsWritten | Letters::ForDigits | Letters::TwiceAtMost => usize::MAX,
        };
        if run > most {
            continue;
        }
        if length < 8 {
            eight |= u64::from(letter) << (8 * length);
        }
        length += 1;
    }
    finish(eight, length > 8)
}

/// The letter that a digit looks like.
fn letter(byte: u8) -> u8 {
    match byte {
        b'0' => b'o',
        b'1' => b'i',
        b'3' => b'e',
        b'4' => b'a',
        b'5' => b's',
        b'7' => b't',
        b'8' => b'b',
        other => other,
    }
}
