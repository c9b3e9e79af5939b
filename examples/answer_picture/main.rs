//! Draws what the bot answers, for the README: `cargo run --example answer_picture` writes `docs/answer.svg`, with the
//! argument `urgent` the answer to an emergency (`docs/urgent.svg`), with `reminder` a reminder to walk
//! (`docs/reminder.svg`), with `preview` and `test` what moderators see (`docs/preview.svg`, `docs/test.svg`), with a
//! topic's id the answer about that topic.

mod picture;

use std::path::Path;
use std::process::ExitCode;

use picture::scene;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1);
    match write(wanted.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // The exit code says it too.
            let _unheard = std::io::Write::write_all(&mut std::io::stderr(), format!("{problem}\n").as_bytes());
            ExitCode::FAILURE
        }
    }
}

fn write(wanted: Option<&str>) -> Result<(), String> {
    let scene = match wanted {
        None => scene::answer(),
        Some("urgent") => scene::urgent(),
        Some("reminder") => scene::reminder(),
        Some("preview") => scene::preview(),
        Some("test") => scene::test(),
        Some(topic) => scene::about(topic),
    }?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let file = folder.join(format!("{}.svg", wanted.unwrap_or("answer")));
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, picture::draw(&scene)));
    written.map_err(|error| format!("{} cannot be written: {error}", file.display()))
}
