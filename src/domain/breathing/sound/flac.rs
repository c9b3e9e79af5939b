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
    // Unknown, as the format writes it: the header is there before the frames are.
    info.set_frame_sizes(0, 0).map_err(refused)?;
    info.set_total_samples(breath.len() * rounds + chime.len());
    let mut file = ByteSink::new();
    Stream::with_stream_info(info.clone()).write(&mut file).map_err(refused)?;

    let mut buffer = FrameBuf::with_size(1, BLOCK).map_err(refused)?;
    let mut block = Vec::with_capacity(BLOCK);
    let mut number = 0;
    for mut piece in std::iter::repeat_n(breath, rounds).chain([chime]) {
        while !piece.is_empty() {
            let (next, rest) = piece.split_at(piece.len().min(BLOCK - block.len()));
            block.extend_from_slice(next);
            piece = rest;
            if block.len() == BLOCK {
                add_block(&mut file, &config, &mut buffer, &block, number, &info)?;
                block.clear();
                number += 1;
            }
        }
    }
    if !block.is_empty() {
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
