-- What everybody in a channel sees is in the language of the server, not in that of the person who is reminded. And a
-- direct conversation that is known need not be opened again.
ALTER TABLE reminders ADD COLUMN public_locale TEXT CHECK (length(public_locale) <= 35);
ALTER TABLE reminders ADD COLUMN direct_channel BIGINT;
