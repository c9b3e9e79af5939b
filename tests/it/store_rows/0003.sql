-- One row of each kind, as the tables stand after migration 3.
INSERT INTO books (guild, document, last_change) VALUES (31, '{"settings":{"threads":false},"responses":{"toast":{"phrases":[{"text":"my back is toast"}]}}}', 2);
INSERT INTO changes (guild, number, person, made_at, undoes, edit) VALUES
    (31, 2, 11, 1700000000000, NULL, '[{"setting":{"before":{"threads":true},"after":{"threads":false}}}]');
UPDATE counters SET value = 4 WHERE name = 'draft';
INSERT INTO drafts (id, guild, person, made_at, edit) VALUES
    (4, 31, 11, 1700000000000, '[{"response":{"name":"toast","before":null,"after":{"state":"off"}}}]');
INSERT INTO tallies (guild, week, what, phrase, count) VALUES (31, 2810, 'answered', 2166136261, 7), (31, 2810, 'walked', -1, 2);
INSERT INTO watched (guild, message, channel, response, heard_at) VALUES (31, 41, 21, 'toast', 1700000000000);
