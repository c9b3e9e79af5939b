//! What can go wrong with the database. Each message is one line that says what to do.

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address makes no sense to this version.
    #[error(
        "the database address cannot be used: {problem}; set database.url to something like sqlite://data/lumbar.db"
    )]
    Address {
        /// What is wrong with it.
        problem: String,
    },
    /// Somebody else holds the database.
    #[error("the database {database} is held by another program; stop the other one, then start Lumbar again")]
    Locked {
        /// Which database.
        database: String,
    },
    /// More is asked of the database than it can do in time.
    #[error("the database {database} did not answer in time; look for a slow or full disk under it, then try again")]
    Overloaded {
        /// Which database.
        database: String,
    },
    /// The file or its folder cannot be opened or made.
    #[error(
        "the database {database} cannot be opened ({reason}); check that its folder exists and belongs to Lumbar's user"
    )]
    CannotOpen {
        /// Which database.
        database: String,
        /// What the system said.
        reason: String,
    },
    /// It can be read, not written.
    #[error("the database {database} is read-only; let Lumbar's user write the file and the folder it lies in")]
    ReadOnly {
        /// Which database.
        database: String,
    },
    /// The disk is full.
    #[error("the disk under the database {database} is full; make room on it, then start Lumbar again")]
    DiskFull {
        /// Which database.
        database: String,
    },
    /// It is no database, or a broken one.
    #[error("the file {database} is damaged or no database; put a backup in its place, or move it away to begin anew")]
    Damaged {
        /// Which database.
        database: String,
    },
    /// A newer Lumbar has changed the tables.
    #[error(
        "the database {database} was last used by a newer Lumbar (tables {found}, known here: {known}); run that version"
    )]
    NewerTables {
        /// Which database.
        database: String,
        /// The newest change made to the tables.
        found: i64,
        /// The newest change that this program knows.
        known: i64,
    },
    /// The tables are not those that Lumbar made.
    #[error("the tables of {database} are not Lumbar's own ({reason}); set database.url to a database of its own")]
    ForeignTables {
        /// Which database.
        database: String,
        /// What was found.
        reason: String,
    },
    /// The caller gave something that the store does not keep.
    #[error("the locale is longer than {longest} characters; pass the one that Discord sent")]
    LocaleTooLong {
        /// The longest that is kept.
        longest: usize,
    },
    /// Anything else.
    #[error("the database {database} failed ({reason}); try again, and if it stays so, report this line")]
    Failed {
        /// Which database.
        database: String,
        /// What it said, in one line.
        reason: String,
        /// Where it came from.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// Whether another program holds the database.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Locked { .. })
    }

    /// Whether the same request may well succeed a little later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Locked { .. } | Self::Overloaded { .. } | Self::DiskFull { .. } | Self::Failed { .. })
    }
}
