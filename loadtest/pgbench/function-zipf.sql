\set key random(1, 9223372036854775806)
\set from random_zipfian(1, :accounts, 1.1)
\set other random_zipfian(1, :accounts - 1, 1.1)
\set to case when :other >= :from then :other + 1 else :other end
SELECT hand_transfer(:key, :from, :to, 1);
