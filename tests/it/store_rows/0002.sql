-- What migration 2 made room for.
INSERT INTO reminders (id, person, destination, set_in, locale, public_locale, direct_channel, due, occurrence, attempts, state, wake, settled_at, told) VALUES
    (4, 13, 21, 21, 'en-GB', 'de', 41, 1700000030000, 0, 0, 'pending', 1700000030000, NULL, 0);
UPDATE counters SET value = 4 WHERE name = 'reminder';
