-- Who may call, and as which tenant. Secrets are never stored: random ones (160 bits and more) as their
-- SHA-256, which nobody can search; passwords, which people choose, as Argon2id.
--
-- A client that presents a secret does not say which tenant it belongs to: finding that out is what the
-- look-up is for. So, unlike everywhere else, three unique indexes here do not start with tenant_id. The
-- table is small and changes only when somebody is let in or shut out; a distributed PostgreSQL would keep
-- it as a reference table, a copy on every node.

CREATE TABLE credential (
  tenant_id      integer     NOT NULL REFERENCES tenant (id),
  id             uuid        NOT NULL,
  -- The dialects bring the types; what the table knows is the shape that a type has.
  type           text        NOT NULL CHECK (type <> ''),
  label          text        NOT NULL CHECK (label <> ''),
  -- The client's id, the user's name, or the id of whom a token acts for.
  name           text        CHECK (name <> ''),
  secret_hash    bytea       CHECK (octet_length(secret_hash) = 32),
  password_hash  text,
  scopes         text[]      NOT NULL DEFAULT '{}',
  expires_at     timestamptz,
  created_at     timestamptz NOT NULL,
  revoked_at     timestamptz,
  PRIMARY KEY (tenant_id, id),
  -- A secret alone; a name with a secret, with a password, or with the end of the token made for it.
  CHECK (num_nonnulls(secret_hash, password_hash, expires_at) = 1),
  CHECK (name IS NOT NULL OR secret_hash IS NOT NULL)
);

-- A label names one credential of its type that is in force; revoked ones keep theirs.
CREATE UNIQUE INDEX credential_label ON credential (tenant_id, type, label) WHERE revoked_at IS NULL;

CREATE UNIQUE INDEX credential_secret ON credential (type, secret_hash) WHERE name IS NULL;

CREATE UNIQUE INDEX credential_client ON credential (type, name) WHERE secret_hash IS NOT NULL;

-- A login names no tenant either, so a user's name is unique over all of them.
CREATE UNIQUE INDEX credential_user ON credential (type, name)
  WHERE password_hash IS NOT NULL AND revoked_at IS NULL;

-- Tokens issued before this moment are refused; whole seconds, as in the tokens.
ALTER TABLE tenant ADD COLUMN tokens_not_before timestamptz;

-- The tenant's own request rate in place of the configured one; 0 per second means no limit.
ALTER TABLE tenant ADD COLUMN rate_per_second integer CHECK (rate_per_second >= 0);
ALTER TABLE tenant ADD COLUMN rate_burst integer CHECK (rate_burst >= 1);
ALTER TABLE tenant ADD CHECK ((rate_per_second IS NULL) = (rate_burst IS NULL));
