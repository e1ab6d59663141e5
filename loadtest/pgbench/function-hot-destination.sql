\set key random(1, 9223372036854775806)
\set from random(2, :accounts)
\set to 1
SELECT hand_transfer(:key, :from, :to, 1);
