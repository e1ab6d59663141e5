-- Who administrates, beside whoever has the admin token. They are the operator's people and no tenant's, so
-- nothing here has a tenant_id; the table is small. Tokens are random, 190 bits, and kept as their SHA-256.
-- role 0 reads, 1 also changes, 2 also says who administrates. Whoever was revoked stays, for the audit.
CREATE TABLE administrator (
  id          uuid        NOT NULL PRIMARY KEY,
  name        text        NOT NULL CHECK (name <> ''),
  role        smallint    NOT NULL CHECK (role BETWEEN 0 AND 2),
  token_hash  bytea       NOT NULL CHECK (octet_length(token_hash) = 32),
  created_at  timestamptz NOT NULL,
  rotated_at  timestamptz,
  revoked_at  timestamptz
);

CREATE UNIQUE INDEX administrator_name ON administrator (name) WHERE revoked_at IS NULL;

CREATE UNIQUE INDEX administrator_token ON administrator (token_hash);
