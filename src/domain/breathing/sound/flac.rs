//! Packs the samples of a session into a FLAC file, block by block: ten minutes of samples are never in memory at once.

use std::fmt::Debug;

use flacenc::bitsink::ByteSink;
use flacenc::component::{BitRepr, Stream, StreamInfo};
use flacenc::config::Encoder;
use flacenc::encode_fixed_size_frame;
use flacenc::error::{Verified, Verify};
use flacenc::source::{Fill, FrameBuf};

use super::{RATE, SoundError};

/// Samples in a block: a quarter of a second, so that every breath of whole quarters is a whole number of blocks.
const BLOCK: usize = RATE as usize / 4;

const BITS_PER_SAMPLE: usize = 16;

/// `breath`, `rounds` times, and then `chime`, as a file.
pub(super) fn encode(breath: &[i32], rounds: usize, chime: &[i32]) -> Result<Vec<u8>, SoundError> {
    let config = Encoder::default().into_verified().map_err(|(_, error)| refused(error))?;
    let mut info = StreamInfo::new(RATE as usize, 1, BITS_PER_SAMPLE).map_err(refused)?;
    info.set_block_sizes(BLOCK, BLOCK).map_err(refused)?;
    info.set_total_samples(breath.len() * rounds + chime.len());
    let mut file = ByteSink::new();
    Stream::with_stream_info(info.clone()).write(&mut file).map_err(refused)?;

    let mut samples = std::iter::repeat_n(breath, rounds).flatten().chain(chime).copied();
    let mut buffer = FrameBuf::with_size(1, BLOCK).map_err(refused)?;
    for number in 0.. {
        let block: Vec<i32> = samples.by_ref().take(BLOCK).collect();
        if block.is_empty() {
            break;
        }
        add_block(&mut file, &config, &mut buffer, &block, number, &info)?;
    }
    Ok(file.into_inner())
}

fn add_block(
    file: &mut ByteSink,
    config: &Verified<Encoder>,
    buffer: &mut FrameBuf,
    block: &[i32],
    number: usize,
    info: &StreamInfo,
) -> Result<(), SoundError> {
    buffer.fill_interleaved(block).map_err(refused)?;
    let frame = encode_fixed_size_frame(config, buffer, number, info).map_err(refused)?;
    frame.write(file).map_err(refused)
}

fn refused(error: impl Debug) -> SoundError {
    SoundError::Encoding(format!("{error:?}"))
}
