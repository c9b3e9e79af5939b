-- Valid in SQLite and PostgreSQL. What moderators write for their server stands in the documents below (JSON); nothing that
-- members write does. The lengths are far above what the limits of a server allow.

CREATE TABLE books (
    guild BIGINT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL CHECK (length(document) <= 1000000),
    last_change BIGINT NOT NULL
);

CREATE TABLE changes (
    guild BIGINT NOT NULL,
    number BIGINT NOT NULL,
    person BIGINT,
    made_at BIGINT NOT NULL,
    undoes BIGINT,
    edit TEXT NOT NULL CHECK (length(edit) <= 2000000),
    PRIMARY KEY (guild, number)
);
CREATE INDEX changes_by_person ON changes (person);

CREATE TABLE drafts (
    id BIGINT NOT NULL PRIMARY KEY,
    guild BIGINT NOT NULL,
    person BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    edit TEXT NOT NULL CHECK (length(edit) <= 2000000)
);
CREATE INDEX drafts_by_person ON drafts (person);
INSERT INTO counters (name, value) VALUES ('draft', 0);

-- phrase: the tag of a phrase, or -1 where the phrase is not known.
CREATE TABLE tallies (
    guild BIGINT NOT NULL,
    week BIGINT NOT NULL,
    what TEXT NOT NULL CHECK (length(what) <= 16),
    phrase BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (guild, week, what, phrase)
);

CREATE TABLE watched (
    guild BIGINT NOT NULL,
    message BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    response TEXT NOT NULL CHECK (length(response) <= 48),
    heard_at BIGINT NOT NULL,
    PRIMARY KEY (guild, message)
);
