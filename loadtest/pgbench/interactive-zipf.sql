\set key random(1, 9223372036854775806)
\set from random_zipfian(1, :accounts, 1.1)
\set other random_zipfian(1, :accounts - 1, 1.1)
\set to case when :other >= :from then :other + 1 else :other end
\set low least(:from, :to)
\set high greatest(:from, :to)
BEGIN;
SELECT count(*) AS seen FROM hand_transfer WHERE key = :key \gset
SELECT id FROM hand_account WHERE id IN (:low, :high) ORDER BY id FOR UPDATE;
UPDATE hand_account SET balance = balance - 1, sequence = sequence + 1 WHERE id = :from RETURNING balance AS from_balance, sequence AS from_sequence \gset
UPDATE hand_account SET balance = balance + 1, sequence = sequence + 1 WHERE id = :to RETURNING balance AS to_balance, sequence AS to_sequence \gset
INSERT INTO hand_transfer (key) VALUES (:key) RETURNING id AS transfer \gset
INSERT INTO hand_posting VALUES (:from, :from_sequence, :transfer, -1, :from_balance), (:to, :to_sequence, :transfer, 1, :to_balance);
COMMIT;
