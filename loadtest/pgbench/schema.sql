-- What a good engineer writes by hand for the same work: two-leg transfers with an idempotency key,
-- a running balance on every posting, a floor of zero. No tenants, no lots, small integer keys.
CREATE TABLE hand_account (
  id        bigint PRIMARY KEY,
  balance   bigint NOT NULL CHECK (balance >= 0),
  sequence  bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

CREATE TABLE hand_transfer (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key         bigint      NOT NULL UNIQUE,
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE hand_posting (
  account_id   bigint NOT NULL,
  sequence     bigint NOT NULL,
  transfer_id  bigint NOT NULL,
  amount       bigint NOT NULL,
  balance      bigint NOT NULL,
  PRIMARY KEY (account_id, sequence)
);

INSERT INTO hand_account SELECT i, 1000000000 FROM generate_series(1, :accounts) AS i;

-- The whole transfer in one call: the fewest statements and round trips that SQL by hand allows.
CREATE FUNCTION hand_transfer(p_key bigint, p_from bigint, p_to bigint, p_amount bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint;
  v_from_balance bigint; v_from_sequence bigint;
  v_to_balance bigint; v_to_sequence bigint;
BEGIN
  SELECT id INTO v_id FROM hand_transfer WHERE key = p_key;
  IF FOUND THEN RETURN v_id; END IF;
  PERFORM 1 FROM hand_account WHERE id IN (p_from, p_to) ORDER BY id FOR UPDATE;
  UPDATE hand_account SET balance = balance - p_amount, sequence = sequence + 1
    WHERE id = p_from RETURNING balance, sequence INTO v_from_balance, v_from_sequence;
  UPDATE hand_account SET balance = balance + p_amount, sequence = sequence + 1
    WHERE id = p_to RETURNING balance, sequence INTO v_to_balance, v_to_sequence;
  INSERT INTO hand_transfer (key) VALUES (p_key) RETURNING id INTO v_id;
  INSERT INTO hand_posting VALUES
    (p_from, v_from_sequence, v_id, -p_amount, v_from_balance),
    (p_to, v_to_sequence, v_id, p_amount, v_to_balance);
  RETURN v_id;
END $$;

VACUUM ANALYZE hand_account;
