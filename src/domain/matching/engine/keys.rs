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

/// The key of a word spelt out: digits stand for the letters they look like; `single` writes doubled letters once.
pub(super) fn slow_key(word: &[u8], single: bool) -> u64 {
    let (mut eight, mut length, mut last) = (0_u64, 0, 0);
    for byte in word {
        let letter = letter(*byte);
        if single && letter == last {
            continue;
        }
        last = letter;
        if length < 8 {
            eight |= u64::from(letter) << (8 * length);
        }
        length += 1;
    }
    finish(eight, length > 8)
}

fn letter(byte: u8) -> u8 {
    match byte {
        b'0' => b'o',
        b'1' => b'i',
        b'3' => b'e',
        b'4' => b'a',
        b'5' => b's',
        b'7' => b't',
        b'8' => b'b',
        other => other.to_ascii_lowercase(),
    }
}
