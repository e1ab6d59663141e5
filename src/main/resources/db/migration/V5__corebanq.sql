-- Which ledgers are children of which. A ledger names its own parent; this is the way down.

CREATE TABLE corebanq_child (
  tenant_id  integer NOT NULL,
  parent_id  uuid    NOT NULL,
  ledger_id  uuid    NOT NULL,
  PRIMARY KEY (tenant_id, parent_id, ledger_id),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, ledger_id) REFERENCES holder (tenant_id, id)
);

-- Pages of ledgers by creation, of each type, level (0 for those without a parent), and status; in one currency,
-- or below one parent, too.
CREATE INDEX corebanq_ledger ON holder (
    tenant_id, (detail::json ->> 'type'),
    (CASE WHEN detail::json ->> 'parent' IS NULL THEN 0 ELSE 1 END), status, created_at, id)
  WHERE kind = 'corebanq.ledger';

CREATE INDEX corebanq_ledger_in ON holder (
    tenant_id, (detail::json ->> 'currency_code'), (detail::json ->> 'type'),
    (CASE WHEN detail::json ->> 'parent' IS NULL THEN 0 ELSE 1 END), status, created_at, id)
  WHERE kind = 'corebanq.ledger';

CREATE INDEX corebanq_ledger_below ON holder (
    tenant_id, (detail::json ->> 'parent'), (detail::json ->> 'currency_code'),
    (detail::json ->> 'type'), status, created_at, id)
  WHERE kind = 'corebanq.ledger' AND detail::json ->> 'parent' IS NOT NULL;

-- Who signed in and stays so by a refresh token: the one that was given last, as its SHA-256. Any other with
-- this id was used before, which ends the session. generation is that of the user's password.
CREATE TABLE corebanq_session (
  tenant_id      integer     NOT NULL,
  id             uuid        NOT NULL,
  credential_id  uuid        NOT NULL,
  generation     integer     NOT NULL,
  app            text        NOT NULL,
  token_hash     bytea       NOT NULL CHECK (octet_length(token_hash) = 32),
  issued_at      timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL,
  ends_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, credential_id) REFERENCES credential (tenant_id, id)
);

CREATE INDEX corebanq_session_user ON corebanq_session (tenant_id, credential_id, issued_at);

-- What the operator says of a user: whether he has the Internal role, and his second factor (0 off, 1 email,
-- 2 phone, 3 totp). A secret of totp is what codes are computed from, so it cannot be a hash: it is encrypted,
-- with a key that is not in the database. totp_step is the last that was used: no code counts twice.
CREATE TABLE corebanq_user (
  tenant_id      integer     NOT NULL,
  credential_id  uuid        NOT NULL,
  internal       boolean     NOT NULL,
  second_factor  smallint    NOT NULL CHECK (second_factor BETWEEN 0 AND 3),
  address        text,
  totp_secret    bytea       CHECK (octet_length(totp_secret) = 48),
  totp_step      bigint      NOT NULL DEFAULT 0,
  failures       smallint    NOT NULL DEFAULT 0 CHECK (failures >= 0),
  locked_until   timestamptz,
  PRIMARY KEY (tenant_id, credential_id),
  FOREIGN KEY (tenant_id, credential_id) REFERENCES credential (tenant_id, id),
  CHECK ((second_factor IN (1, 2)) = (address IS NOT NULL))
);

-- A password was right and a code is still wanted. Both secrets as their SHA-256; the code is there once the
-- operator's sender has taken it.
CREATE TABLE corebanq_challenge (
  tenant_id      integer     NOT NULL,
  id             uuid        NOT NULL,
  credential_id  uuid        NOT NULL,
  generation     integer     NOT NULL,
  app            text        NOT NULL,
  token_hash     bytea       NOT NULL CHECK (octet_length(token_hash) = 32),
  code_hash      bytea       CHECK (octet_length(code_hash) = 32),
  issued_at      timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, credential_id) REFERENCES corebanq_user (tenant_id, credential_id)
);

CREATE INDEX corebanq_challenge_user ON corebanq_challenge (tenant_id, credential_id, issued_at);

-- Codes that nobody has taken yet, the oldest first.
CREATE INDEX corebanq_challenge_open ON corebanq_challenge (tenant_id, issued_at) WHERE code_hash IS NULL;
