//! A text in 32 bits: enough to tell whether it is the same as before.

/// The fingerprint of a text (FNV-1a). Some are kept for weeks and some stand in old buttons: it must never change.
pub(super) fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
