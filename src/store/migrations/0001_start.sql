-- Valid in SQLite and PostgreSQL. Times are Unix milliseconds; ids are Discord's 64 bits read as signed.
-- No column may hold what somebody wrote: each TEXT is a short word of ours, and its CHECK keeps it short.

CREATE TABLE answered (
    message BIGINT NOT NULL,
    urgent BIGINT NOT NULL,
    person BIGINT NOT NULL,
    kept_until BIGINT NOT NULL,
    PRIMARY KEY (message, urgent)
);
CREATE INDEX answered_by_person ON answered (person);

CREATE TABLE cooldowns (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) <= 96),
    person BIGINT,
    held_until BIGINT NOT NULL
);
CREATE INDEX cooldowns_by_person ON cooldowns (person);

CREATE TABLE opt_outs (
    person BIGINT NOT NULL PRIMARY KEY,
    opted_out_at BIGINT NOT NULL
);

-- Numbers are never given twice, even after their rows are gone: a message's nonce is made from them.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) <= 32),
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('reminder', 0);

-- wake: when the reminder next needs somebody: its time, the time of a retry, or the end of a sender's lease.
-- Nothing needs doing about a settled reminder, so its wake is NULL, and the index below holds only live rows.
CREATE TABLE reminders (
    id BIGINT NOT NULL PRIMARY KEY,
    person BIGINT NOT NULL,
    destination BIGINT,
    set_in BIGINT,
    guild BIGINT,
    locale TEXT NOT NULL CHECK (length(locale) <= 35),
    due BIGINT NOT NULL,
    repeat_every BIGINT,
    repeats_left BIGINT,
    occurrence BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'stopped', 'failed', 'missed')),
    wake BIGINT,
    settled_at BIGINT,
    told BIGINT NOT NULL DEFAULT 0,
    CHECK ((wake IS NOT NULL) = (state IN ('pending', 'sending'))),
    CHECK ((settled_at IS NULL) = (wake IS NOT NULL))
);
CREATE INDEX reminders_by_wake ON reminders (wake, id) WHERE wake IS NOT NULL;
CREATE INDEX reminders_by_person ON reminders (person);
