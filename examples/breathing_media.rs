//! Writes every breathing pattern as a picture and as a sound: `cargo run --release --example breathing_media -- OUT_FOLDER`,
//! and how large each is and how long it took.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use lumbar::domain::breathing::{Pattern, picture::picture, read_patterns, sound::sound};
use lumbar::domain::document::Problems;

const PATTERNS: &str = include_str!("../responses/breathing-patterns.toml");

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let folder = env::args_os().nth(1).ok_or("say where to write the files: breathing_media OUT_FOLDER")?;
    let minutes = env::args().nth(2).map_or(Ok(1.0), |minutes| minutes.parse::<f64>())?;
    let patterns = read_patterns("breathing-patterns.toml", PATTERNS, &Problems::default()).ok_or("no patterns")?;
    fs::create_dir_all(&folder)?;
    for pattern in &patterns {
        write_one(folder.as_ref(), pattern, Duration::from_secs_f64(minutes * 60.0))?;
    }
    Ok(())
}

fn write_one(folder: &Path, pattern: &Pattern, session: Duration) -> Result<(), Failure> {
    let start = Instant::now();
    let picture = picture(pattern)?;
    report(&format!("{}.gif", pattern.id), picture.len(), start)?;
    fs::write(folder.join(format!("{}.gif", pattern.id)), picture)?;

    let start = Instant::now();
    let sound = sound(pattern, session)?;
    let name = format!("{}.{}", pattern.id, sound.extension);
    report(&format!("{name} of {:.1} s", sound.length.as_secs_f64()), sound.bytes.len(), start)?;
    fs::write(folder.join(name), sound.bytes)?;
    Ok(())
}

fn report(what: &str, bytes: usize, start: Instant) -> io::Result<()> {
    let kilobytes = bytes.div_ceil(1000);
    writeln!(io::stdout(), "{what}: {kilobytes} KB in {} ms", start.elapsed().as_millis())
}
