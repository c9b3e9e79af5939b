-- One row of each kind, as the tables stand after migration 1.
INSERT INTO answered (message, urgent, person, kept_until) VALUES (1, 0, 11, 1700000900000);
INSERT INTO cooldowns (name, person, held_until) VALUES ('person:11:back-went-out', 11, 1700000600000), ('channel:21', NULL, 1700000060000);
INSERT INTO opt_outs (person, opted_out_at) VALUES (12, 1700000000000);
UPDATE counters SET value = 3 WHERE name = 'reminder';
INSERT INTO reminders (id, person, destination, set_in, guild, locale, due, repeat_every, repeats_left, occurrence, attempts, state, wake, settled_at, told) VALUES
    (1, 11, NULL, 21, 31, 'en-GB', 1700000010000, 3600000, 2, 1, 0, 'pending', 1700000010000, NULL, 0),
    (2, 11, 21, 21, 31, 'de', 1700000020000, NULL, NULL, 0, 1, 'sending', 1700000080000, NULL, 0),
    (3, 11, NULL, NULL, NULL, 'fr', 1700000000000, NULL, NULL, 0, 5, 'failed', NULL, 1700000005000, 0);
