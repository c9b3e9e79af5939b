//! The bot's token: from the environment, or from a file that it names. It is never in config.toml and never in a log.

use std::path::Path;

use secrecy::SecretString;

use super::Environment;

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// None was given.
    #[error("no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it (README.md, \"Get a token\")")]
    Missing,
    /// The file cannot be read.
    #[error("the token file {file} cannot be read ({reason}); check the path in DISCORD_TOKEN_FILE")]
    Unreadable {
        /// Which.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// It is not shaped like a token.
    #[error("the token has characters that no token has; copy it again from the Discord developer portal")]
    Malformed,
}

/// A file larger than this, in bytes, is no token.
const LARGEST_FILE: usize = 4096;

/// The token: `DISCORD_TOKEN`, or the first line of the file that `DISCORD_TOKEN_FILE` names.
///
/// # Errors
/// If there is none, or it cannot be one.
pub fn read(environment: &Environment) -> Result<SecretString, TokenError> {
    let given = |name: &str| environment.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let text = match (given("DISCORD_TOKEN"), given("DISCORD_TOKEN_FILE")) {
        (Some(token), _) => token.to_owned(),
        (None, Some(file)) => read_file(file)?,
        (None, None) => return Err(TokenError::Missing),
    };
    let token = text.trim().trim_start_matches("Bot ").trim();
    if token.is_empty() {
        return Err(TokenError::Missing);
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(TokenError::Malformed);
    }
    Ok(SecretString::from(token.to_owned()))
}

fn read_file(file: &str) -> Result<String, TokenError> {
    let unreadable = |reason: String| TokenError::Unreadable { file: file.to_owned(), reason };
    let bytes = std::fs::read(Path::new(file)).map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() > LARGEST_FILE {
        return Err(unreadable("it is too large".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| TokenError::Malformed)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn read_from(variables: &[(&str, &str)]) -> Result<SecretString, TokenError> {
        read(&variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_token_may_be_pasted_with_blanks_and_its_prefix() {
        let token = read_from(&[("DISCORD_TOKEN", " Bot abc.def \n")]).expect("a token");
        assert_eq!(token.expose_secret(), "abc.def");
    }

    #[test]
    fn a_token_may_lie_in_a_file() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "abc.def\n").expect("written");
        let path = file.path().to_str().expect("a path");
        assert_eq!(read_from(&[("DISCORD_TOKEN_FILE", path)]).expect("a token").expose_secret(), "abc.def");
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_without_being_shown() {
        let error = read_from(&[("DISCORD_TOKEN", "sec\u{e9}ret")]).expect_err("no token");
        assert!(!error.to_string().contains("sec"));
        assert!(matches!(read_from(&[]), Err(TokenError::Missing)));
        assert!(matches!(read_from(&[("DISCORD_TOKEN", "  ")]), Err(TokenError::Missing)));
        assert!(matches!(read_from(&[("DISCORD_TOKEN_FILE", "/nowhere")]), Err(TokenError::Unreadable { .. })));
    }
}
