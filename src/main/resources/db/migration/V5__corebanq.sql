-- Which ledgers are children of which. A ledger names its own parent; this is the way down.

CREATE TABLE corebanq_child (
  tenant_id  integer NOT NULL,
  parent_id  uuid    NOT NULL,
  ledger_id  uuid    NOT NULL,
  PRIMARY KEY (tenant_id, parent_id, ledger_id),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, ledger_id) REFERENCES holder (tenant_id, id)
);
