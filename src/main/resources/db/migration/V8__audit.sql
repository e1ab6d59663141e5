-- What administrators did, and what threatens: written before the answer, and never changed. record is the
-- same flat JSON object that the log line is (log.schema.json); the other columns are copies of what is
-- looked for. A request of an administrator's that changes something has two rows: that it was asked for,
-- and what came of it. tenant_id is 0 where no tenant is concerned, or none is known.
CREATE TABLE audit (
  tenant_id   integer     NOT NULL CHECK (tenant_id >= 0),
  id          uuid        NOT NULL,
  at          timestamptz NOT NULL,
  action      text        NOT NULL CHECK (action <> ''),
  outcome     text        NOT NULL CHECK (outcome IN ('unknown', 'success', 'failure')),
  transfer_id uuid,
  credential  integer,
  request     text,
  record      text        NOT NULL CHECK (record::json IS NOT NULL),
  PRIMARY KEY (tenant_id, id)
);

-- What an operator looks for, each newest first: all, or all that is of one thing.
CREATE INDEX audit_time ON audit (tenant_id, at, id);
CREATE INDEX audit_action ON audit (tenant_id, action, at, id);
CREATE INDEX audit_transfer ON audit (tenant_id, transfer_id, at, id) WHERE transfer_id IS NOT NULL;
CREATE INDEX audit_credential ON audit (tenant_id, credential, at, id) WHERE credential IS NOT NULL;
CREATE INDEX audit_request ON audit (tenant_id, request, at, id) WHERE request IS NOT NULL;
