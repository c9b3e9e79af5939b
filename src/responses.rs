//! The files of `responses/`: those built into the program, or those of a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, File, include_dir};

use crate::domain::document::{Place, Problem, Problems};
use crate::domain::reminders::DurationWords;
use crate::domain::topics::{NETWORK, ORDINARY, SourceFile};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/responses");

/// A file larger than this, in bytes, holds no texts that anybody would read, and nothing that was learnt either.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// Why the files of a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ResponsesError {
    /// The folder or a file in it cannot be opened.
    #[error("{path} cannot be read ({source}); check the path and its permissions", path = path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is far too large, or not text.
    #[error("{path} is no text file of at most 4 MiB; move it out of the folder", path = path.display())]
    NotText {
        /// Which.
        path: PathBuf,
    },
}

/// As one of the problems that `lumbar check` lists.
impl From<ResponsesError> for Problem {
    fn from(error: ResponsesError) -> Self {
        let (path, what, instead) = match error {
            ResponsesError::Unreadable { path, source } => {
                (path, format!("it cannot be read ({source})"), "check the path and its permissions")
            }
            ResponsesError::NotText { path } => {
                (path, "it is no text file of at most 4 MiB".to_owned(), "move it out of the folder")
            }
        };
        Self { place: Place { file: path.display().to_string(), line: None }, what, instead: instead.to_owned() }
    }
}

/// The files that the program carries with it.
pub fn built_in() -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect_built_in(&BUILT_IN, &mut files);
    files
}

/// How spans of time are written in English, for config.toml, which is read before any folder is.
pub fn english_durations() -> DurationWords {
    let path = "en/_durations.toml";
    let text = BUILT_IN.get_file(path).and_then(File::contents_utf8).unwrap_or_default();
    DurationWords::read(path, text, &Problems::default()).unwrap_or_default()
}

fn collect_built_in(folder: &Dir<'static>, files: &mut Vec<SourceFile>) {
    let texts = folder.files().filter(|file| is_ours(file.path()));
    files.extend(texts.filter_map(|file| {
        Some(SourceFile { path: file.path().to_str()?.replace('\\', "/"), text: file.contents_utf8()?.to_owned() })
    }));
    for inner in folder.dirs() {
        collect_built_in(inner, files);
    }
}

/// The files of `folder` and of the folders in it.
///
/// # Errors
/// If one of them cannot be read.
pub fn from_folder(folder: &Path) -> Result<Vec<SourceFile>, ResponsesError> {
    let mut files = Vec::new();
    for entry in entries(folder)? {
        if entry.is_dir() {
            for inner in entries(&entry)?.into_iter().filter(|inner| is_ours(inner)) {
                files.push(read(folder, &inner)?);
            }
        } else if is_ours(&entry) {
            files.push(read(folder, &entry)?);
        }
    }
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ResponsesError> {
    let unreadable = |source| ResponsesError::Unreadable { path: folder.to_owned(), source };
    let listed = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths =
        listed.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>().map_err(unreadable)?;
    // Editors leave hidden and backup files behind.
    paths.retain(|path| !path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.')));
    paths.sort();
    Ok(paths)
}

fn read(folder: &Path, path: &Path) -> Result<SourceFile, ResponsesError> {
    let unreadable = |source| ResponsesError::Unreadable { path: path.to_owned(), source };
    let not_text = || ResponsesError::NotText { path: path.to_owned() };
    if fs::metadata(path).map_err(unreadable)?.len() > LARGEST_FILE {
        return Err(not_text());
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let below = path.strip_prefix(folder).ok().and_then(Path::to_str).ok_or_else(not_text)?;
    let text = String::from_utf8(bytes).map_err(|_| not_text())?;
    Ok(SourceFile { path: below.replace('\\', "/"), text })
}

/// Whether a file is one that the texts are made of, and no editor's leftover.
fn is_ours(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
        || path.file_name().is_some_and(|name| [ORDINARY, NETWORK].iter().any(|known| name == *known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::topics::Library;

    #[test]
    fn the_texts_that_the_program_carries_are_sound() {
        let read = Library::read(&built_in());
        let problems = read.map_or_else(|problems| problems, |library| library.answered_ordinary());
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
    }
}
