//! Texts and migrations are built into the program: a new file among them has to start a build.

fn main() {
    for folder in ["responses", "src/store/migrations"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
