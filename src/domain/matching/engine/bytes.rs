//! Looking at many bytes at once, with plain arithmetic on machine words.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// One bit for each of up to 64 bytes: whether it is an ASCII letter or digit.
pub(super) fn alphanumerics(block: &[u8]) -> u64 {
    bits(block, |eight| within(eight | (0x20 * ONES), b'a', b'z') | within(eight, b'0', b'9'))
}

/// One bit for each of up to 64 bytes: whether it is an ASCII digit.
pub(super) fn digits(block: &[u8]) -> u64 {
    bits(block, |eight| within(eight, b'0', b'9'))
}

/// The eight bytes from `at` on, the first one lowest; zeros beyond the end.
pub(super) fn eight_from(text: &[u8], at: usize) -> u64 {
    match text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => padded(text.get(at..).unwrap_or_default()),
    }
}

fn padded(rest: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(eight)
}

/// Applies `test` to eight bytes at a time and packs the high bits that it leaves.
fn bits(block: &[u8], test: impl Fn(u64) -> u64) -> u64 {
    let (eights, rest) = block.as_chunks::<8>();
    let mut bits = 0;
    for (at, eight) in eights.iter().enumerate() {
        bits |= pack(test(u64::from_le_bytes(*eight))) << (8 * at);
    }
    if !rest.is_empty() {
        bits |= pack(test(padded(rest))) << (8 * eights.len());
    }
    bits
}

/// The high bit of each byte that lies between `low` and `high`; all bytes have to be ASCII.
fn within(eight: u64, low: u8, high: u8) -> u64 {
    let at_least = eight.wrapping_add(u64::from(0x80 - low) * ONES);
    let beyond = eight.wrapping_add(u64::from(0x80 - high - 1) * ONES);
    at_least & !beyond & HIGH
}

/// The high bits of eight bytes as one byte.
fn pack(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ascii_byte_is_classed_rightly_wherever_it_stands() {
        for byte in 0..128_u8 {
            for at in 0..64 {
                let mut block = [b' '; 64];
                block[at] = byte;
                assert_eq!(alphanumerics(&block), u64::from(byte.is_ascii_alphanumeric()) << at, "{byte} at {at}");
                assert_eq!(digits(&block), u64::from(byte.is_ascii_digit()) << at, "{byte} at {at}");
            }
        }
        assert_eq!(alphanumerics(b"ab c"), 0b1011);
    }
}
