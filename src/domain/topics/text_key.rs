//! What becomes of the list of texts that code asks for by name.

macro_rules! text_keys {
    ($($name:ident = $key:literal $(($($placeholder:literal),+))?;)+) => {
        /// The name of a text. The loader holds each language to exactly these names and their placeholders.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each name is its own description, and its text stands in _words.toml")]
        pub enum TextKey { $($name),+ }

        impl TextKey {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [TextKey] = &[$(TextKey::$name),+];

            /// The key in `_words.toml`: `section.key`.
            pub const fn key(self) -> &'static str {
                match self { $(TextKey::$name => $key),+ }
            }

            /// The placeholders that the text may use, each of them written `{name}`.
            pub const fn placeholders(self) -> &'static [&'static str] {
                match self { $(TextKey::$name => &[$($($placeholder),+)?]),+ }
            }
        }
    };
}

pub(super) use text_keys;
