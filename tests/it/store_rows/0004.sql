-- One row of each kind, as the tables stand after migration 4.
INSERT INTO removals (guild, missing_since) VALUES (31, 1700000000000);
