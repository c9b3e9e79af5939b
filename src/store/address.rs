//! Where the database is, as `database.url` or `DATABASE_URL` gives it.

use std::path::PathBuf;

use super::StoreError;

/// The address of a database. A password in it is never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseAddress {
    /// An SQLite file.
    Sqlite {
        /// The file; made when it is missing.
        path: PathBuf,
    },
}

impl DatabaseAddress {
    /// Reads an address. What follows `sqlite://` is the path of the file, as it stands.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let (scheme, rest) = text.split_once(':').ok_or_else(|| unusable("it has no scheme".into()))?;
        match scheme {
            "sqlite" => sqlite(rest.strip_prefix("//").unwrap_or(rest)),
            "postgres" | "postgresql" => Err(unusable("this version of Lumbar does not speak PostgreSQL yet".into())),
            // Only the scheme is repeated: the rest may carry a password.
            other if other.chars().all(|c| c.is_ascii_alphanumeric()) => {
                Err(unusable(format!("Lumbar does not know databases of the kind {other}")))
            }
            _ => Err(unusable("it has no scheme".into())),
        }
    }
}

impl std::fmt::Display for DatabaseAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite { path } => write!(formatter, "sqlite://{}", path.display()),
        }
    }
}

fn sqlite(path: &str) -> Result<DatabaseAddress, StoreError> {
    if path.is_empty() {
        return Err(unusable("it names no file".into()));
    }
    if path.contains(":memory:") {
        return Err(unusable("a database in memory would lose every reminder".into()));
    }
    if path.contains('?') {
        return Err(unusable("it carries options after a question mark, which Lumbar chooses itself".into()));
    }
    if path.contains('\0') || path.ends_with('/') {
        return Err(unusable("it must end in the name of a file".into()));
    }
    Ok(DatabaseAddress::Sqlite { path: PathBuf::from(path) })
}

fn unusable(problem: String) -> StoreError {
    StoreError::Address { problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_address_is_a_path_as_it_stands() {
        for (text, path) in [
            ("sqlite://data/lumbar.db", "data/lumbar.db"),
            ("sqlite:///srv/my data/lumbar%20.db", "/srv/my data/lumbar%20.db"),
            ("sqlite:lumbar.db", "lumbar.db"),
        ] {
            assert_eq!(DatabaseAddress::parse(text).unwrap(), DatabaseAddress::Sqlite { path: path.into() }, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_explained_in_one_line_without_the_password() {
        for text in [
            "",
            "lumbar.db",
            "sqlite://",
            "sqlite::memory:",
            "sqlite://x.db?mode=ro",
            "sqlite://folder/",
            "postgres://lumbar:hunter2@db/lumbar",
            "mysql://lumbar:hunter2@db/lumbar",
            "lumbar hunter2:x",
        ] {
            let error = DatabaseAddress::parse(text).unwrap_err();
            let line = error.to_string();
            assert!(line.contains("sqlite://") && !line.contains('\n'), "{text}: {line}");
            assert!(!line.contains("hunter2") && !format!("{error:?}").contains("hunter2"), "{text}: {line}");
        }
    }
}
