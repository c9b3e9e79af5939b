-- Valid in SQLite and PostgreSQL. Servers with a book that Discord did not name at the last login, and when it first did not.

CREATE TABLE removals (
    guild BIGINT NOT NULL PRIMARY KEY,
    missing_since BIGINT NOT NULL
);
