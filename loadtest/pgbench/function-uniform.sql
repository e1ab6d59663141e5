\set key random(1, 9223372036854775806)
\set from random(1, :accounts)
\set other random(1, :accounts - 1)
\set to case when :other >= :from then :other + 1 else :other end
SELECT hand_transfer(:key, :from, :to, 1);
