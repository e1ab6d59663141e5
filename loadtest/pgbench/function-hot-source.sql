\set key random(1, 9223372036854775806)
\set from 1
\set to random(2, :accounts)
SELECT hand_transfer(:key, :from, :to, 1);
