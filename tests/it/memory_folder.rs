//! A folder in memory, where there is one: on a disk every commit waits for it.

use std::path::Path;

use tempfile::TempDir;

pub fn memory_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    folder.expect("a temporary folder")
}
