-- Pages of book transfers, newest first. Each is in one of the first two; those of one account that were
-- posted are found by its postings (transfer_debit, transfer_credit).
CREATE INDEX orum_completed ON transfer (tenant_id, created_at, id)
  WHERE kind = 'orum.booktransfer' AND status = 0;

CREATE INDEX orum_failed ON transfer (tenant_id, created_at, id)
  WHERE kind = 'orum.booktransfer' AND status = 1;

CREATE INDEX orum_failed_debit ON transfer (tenant_id, debit_account, created_at, id)
  WHERE kind = 'orum.booktransfer' AND status = 1;

CREATE INDEX orum_failed_credit ON transfer (tenant_id, credit_account, created_at, id)
  WHERE kind = 'orum.booktransfer' AND status = 1;

-- Who may own subledgers: persons (kind 0), businesses (1), and the enterprise itself (2), whose reference
-- ids differ from each other. name and last_name are what lists look for: of a person the first and the last
-- name, of a business its legal one, in lower case; last_name is empty where there is none. identity is a
-- fingerprint of a number that is never shown. due_at is when the verification that is under way may end;
-- NULL where there is none.
CREATE TABLE orum_customer (
  tenant_id   integer     NOT NULL REFERENCES tenant (id),
  id          uuid        NOT NULL,
  kind        smallint    NOT NULL CHECK (kind BETWEEN 0 AND 2),
  status      smallint    NOT NULL CHECK (status BETWEEN 0 AND 4),
  reference   text        NOT NULL CHECK (reference <> ''),
  name        text        NOT NULL,
  last_name   text        NOT NULL,
  identity    uuid,
  detail      text        NOT NULL,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  closed_at   timestamptz,
  due_at      timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, reference),
  CHECK ((status = 4) = (closed_at IS NOT NULL)),
  CHECK (due_at IS NULL OR status = 0)
);

-- Pages, newest first, of each status: a list of several, or of all that have a name, is put together.
CREATE INDEX orum_customer_newest ON orum_customer (tenant_id, kind, created_at, id);
CREATE INDEX orum_customer_status ON orum_customer (tenant_id, kind, status, created_at, id);
CREATE INDEX orum_customer_name ON orum_customer (tenant_id, kind, name, status, created_at, id);
CREATE INDEX orum_customer_last_name ON orum_customer (tenant_id, kind, last_name, status, created_at, id)
  WHERE kind = 0;
CREATE INDEX orum_customer_both_names
  ON orum_customer (tenant_id, kind, last_name, name, status, created_at, id) WHERE kind = 0;

CREATE INDEX orum_customer_due ON orum_customer (tenant_id, due_at) WHERE due_at IS NOT NULL;

-- Whose a subledger is; what else is known of it is in holder.
CREATE TABLE orum_subledger (
  tenant_id   integer NOT NULL,
  id          uuid    NOT NULL,
  owner_id    uuid    NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_id) REFERENCES orum_customer (tenant_id, id)
);

CREATE INDEX orum_subledger_owner ON orum_subledger (tenant_id, owner_id);

-- A report: which part of the books, all of them (scope 0), the enterprise's own account (1) or a
-- subledger's (2). Its lines are those of transfer, which never change.
CREATE TABLE orum_report (
  tenant_id   integer     NOT NULL REFERENCES tenant (id),
  id          uuid        NOT NULL,
  scope       smallint    NOT NULL CHECK (scope BETWEEN 0 AND 2),
  subledger   text,
  from_at     timestamptz NOT NULL,
  to_at       timestamptz NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK ((scope = 2) = (subledger IS NOT NULL))
);

-- How far each of its accounts had come when it was made: what is later is not in it.
CREATE TABLE orum_report_account (
  tenant_id   integer NOT NULL,
  report_id   uuid    NOT NULL,
  account     bigint  NOT NULL,
  sequence    bigint  NOT NULL CHECK (sequence > 0),
  PRIMARY KEY (tenant_id, report_id, account),
  FOREIGN KEY (tenant_id, report_id) REFERENCES orum_report (tenant_id, id) ON DELETE CASCADE
);

-- What an enterprise's messages are signed with; the private key is encrypted.
CREATE TABLE orum_keypair (
  tenant_id    integer     NOT NULL PRIMARY KEY REFERENCES tenant (id),
  id           uuid        NOT NULL,
  public_key   text        NOT NULL,
  private_key  bytea       NOT NULL,
  created_at   timestamptz NOT NULL
);
