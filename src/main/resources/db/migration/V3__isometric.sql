-- What the carbon registry knows beside the ledger. Organisations and suppliers are holders; credit
-- batches are lots.

-- An organisation is one supplier at the most.
CREATE UNIQUE INDEX isometric_supplier_of ON holder (tenant_id, ((detail::jsonb) ->> 'organisation'))
  WHERE kind = 'isometric.supplier';

-- next_serial is the number of the project's next unit, 1 kg each; the first is 0. detail is what only
-- shows, as JSON text.
CREATE TABLE isometric_project (
  tenant_id      integer     NOT NULL,
  id             uuid        NOT NULL,
  supplier_id    uuid        NOT NULL,
  name           text        NOT NULL CHECK (name <> ''),
  short_code     text        NOT NULL CHECK (short_code <> ''),
  pathway        text        NOT NULL CHECK (pathway <> ''),
  country_code   text        NOT NULL CHECK (length(country_code) = 3),
  detail         text        NOT NULL,
  next_serial    bigint      NOT NULL CHECK (next_serial >= 0),
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, short_code),
  FOREIGN KEY (tenant_id, supplier_id) REFERENCES holder (tenant_id, id)
);

-- Pages of projects: all by name, and a supplier's by when they were registered.
CREATE INDEX isometric_project_by_name ON isometric_project (tenant_id, lower(name), id);

CREATE INDEX isometric_project_of_supplier ON isometric_project (tenant_id, supplier_id, created_at, id);

-- What may be read of a project elsewhere.
CREATE TABLE isometric_project_document (
  tenant_id     integer NOT NULL,
  id            uuid    NOT NULL,
  project_id    uuid    NOT NULL,
  display_name  text    NOT NULL CHECK (display_name <> ''),
  url           text    NOT NULL CHECK (url <> ''),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, project_id, display_name),
  FOREIGN KEY (tenant_id, project_id) REFERENCES isometric_project (tenant_id, id)
);

CREATE INDEX isometric_document_by_name
  ON isometric_project_document (tenant_id, project_id, lower(display_name), id);

-- An issuance is written before its credits are posted; it has happened once its first batch is a lot.
-- reference is the administrator's own name for it, fingerprint SHA-256 over what was asked for.
CREATE TABLE isometric_issuance (
  tenant_id               integer     NOT NULL,
  id                      uuid        NOT NULL,
  reference               text        NOT NULL CHECK (reference <> ''),
  fingerprint             bytea       NOT NULL CHECK (octet_length(fingerprint) = 32),
  project_id              uuid        NOT NULL,
  supplier_id             uuid        NOT NULL,
  issued_at               timestamptz NOT NULL,
  reporting_period_start  date        NOT NULL,
  reporting_period_end    date        NOT NULL,
  supplier_kilograms      bigint      NOT NULL CHECK (supplier_kilograms > 0),
  buffer_kilograms        bigint      NOT NULL CHECK (buffer_kilograms >= 0),
  first_batch_id          uuid        NOT NULL,
  created_at              timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, reference),
  CHECK (reporting_period_start <= reporting_period_end),
  FOREIGN KEY (tenant_id, project_id) REFERENCES isometric_project (tenant_id, id),
  FOREIGN KEY (tenant_id, supplier_id) REFERENCES holder (tenant_id, id)
);

-- Pages of issuances: all by when they count from, a supplier's by when they were entered.
CREATE INDEX isometric_issuance_by_time ON isometric_issuance (tenant_id, issued_at, id);

CREATE INDEX isometric_issuance_of_supplier ON isometric_issuance (tenant_id, supplier_id, created_at, id);

CREATE INDEX isometric_issuance_of_project ON isometric_issuance (tenant_id, project_id);

-- What a batch and all pieces it is ever split into share. The id is that of the batch as issued; buffer
-- tells that it was issued to the buffer pool.
CREATE TABLE isometric_batch_origin (
  tenant_id                integer     NOT NULL,
  id                       uuid        NOT NULL,
  issuance_id              uuid        NOT NULL,
  project_id               uuid        NOT NULL,
  supplier_id              uuid        NOT NULL,
  removal_id               uuid        NOT NULL,
  issued_at                timestamptz NOT NULL,
  sequestered_on           date        NOT NULL,
  country_of_issue         text        NOT NULL CHECK (length(country_of_issue) = 3),
  serial_prefix            text        NOT NULL,
  serial_from              bigint      NOT NULL CHECK (serial_from >= 0),
  kilograms                bigint      NOT NULL CHECK (kilograms > 0),
  ccp_approved             boolean     NOT NULL,
  buffer                   boolean     NOT NULL,
  -- Gross, net, emissions, counterfactuals, losses; none or all five.
  carbon_removal_kg        bigint[]    CHECK (cardinality(carbon_removal_kg) = 5),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, issuance_id) REFERENCES isometric_issuance (tenant_id, id)
);

CREATE INDEX isometric_batch_of_issuance ON isometric_batch_origin (tenant_id, issuance_id);

CREATE INDEX isometric_batch_of_project ON isometric_batch_origin (tenant_id, project_id);

-- What was retired of what was issued, for a project's totals.
CREATE INDEX isometric_retired_from ON lot (tenant_id, origin_id) INCLUDE (account_id, amount)
  WHERE retired_by IS NOT NULL;

-- The serial numbers of a project are one register from 0, and each batch as issued has a range of it.
CREATE VIEW issued_serials AS
  SELECT o.tenant_id, o.project_id AS register, p.next_serial AS register_end, o.id AS lot_id,
         o.supplier_id AS issuer_id, o.sequestered_on AS produced_on, o.serial_from,
         o.kilograms AS amount
    FROM isometric_batch_origin o
    JOIN isometric_project p ON p.tenant_id = o.tenant_id AND p.id = o.project_id;

-- An organisation's batches of one status, by their times of issue, and what was used up for it.
CREATE INDEX isometric_batch ON lot (tenant_id, account_id, status, created_at, id)
  WHERE origin_id IS NOT NULL;

CREATE INDEX isometric_retired_for ON lot (tenant_id, retired_for, created_at, id)
  WHERE retired_for IS NOT NULL;

-- The same of one supplier's, of one project's, of what came under an order, and with a delivery. A project
-- is a register of serial numbers.
CREATE INDEX isometric_held_of_supplier ON lot (tenant_id, account_id, issuer_id, status, created_at, id)
  WHERE issuer_id IS NOT NULL;

CREATE INDEX isometric_retired_for_of_supplier ON lot (tenant_id, retired_for, issuer_id, created_at, id)
  WHERE retired_for IS NOT NULL;

CREATE INDEX isometric_held_of_project ON lot (tenant_id, account_id, register_id, status, created_at, id)
  WHERE register_id IS NOT NULL;

CREATE INDEX isometric_retired_for_of_project ON lot (tenant_id, retired_for, register_id, created_at, id)
  WHERE retired_for IS NOT NULL;

CREATE INDEX isometric_held_under ON lot (tenant_id, account_id, delivered_under, status, created_at, id)
  WHERE delivered_under IS NOT NULL;

CREATE INDEX isometric_retired_for_under ON lot (tenant_id, retired_for, delivered_under, created_at, id)
  WHERE retired_for IS NOT NULL AND delivered_under IS NOT NULL;

CREATE INDEX isometric_held_delivered ON lot (tenant_id, account_id, delivered_by, status, created_at, id)
  WHERE delivered_by IS NOT NULL;

CREATE INDEX isometric_retired_for_delivered ON lot (tenant_id, retired_for, delivered_by, created_at, id)
  WHERE retired_for IS NOT NULL AND delivered_by IS NOT NULL;

-- Pages of transfers, newest first: all, and those from, to, or between organisations. The accounts of a
-- transfer are in the order of its postings: the one sender, then for each batch the one receiver.
CREATE INDEX isometric_transfer ON transfer (tenant_id, created_at, id)
  WHERE kind = 'isometric.transfer' AND status = 0;

CREATE INDEX isometric_transfer_from
  ON transfer (tenant_id, coalesce(debit_account, accounts[1]), created_at, id)
  WHERE kind = 'isometric.transfer' AND status = 0;

CREATE INDEX isometric_transfer_to
  ON transfer (tenant_id, coalesce(credit_account, accounts[2]), created_at, id)
  WHERE kind = 'isometric.transfer' AND status = 0;

CREATE INDEX isometric_transfer_between
  ON transfer (tenant_id, coalesce(debit_account, accounts[1]), coalesce(credit_account, accounts[2]),
               created_at, id)
  WHERE kind = 'isometric.transfer' AND status = 0;

-- Pages of retirements: all, by owner, by beneficiary, and by both.
CREATE INDEX isometric_retirement ON transfer (tenant_id, created_at, id)
  WHERE kind = 'isometric.retirement' AND status = 0;

CREATE INDEX isometric_retirement_of
  ON transfer (tenant_id, coalesce(debit_account, accounts[1]), created_at, id)
  WHERE kind = 'isometric.retirement' AND status = 0;

CREATE INDEX isometric_retirement_for
  ON transfer (tenant_id, ((detail::jsonb) #>> '{beneficiary,id}'), created_at, id)
  WHERE kind = 'isometric.retirement' AND status = 0;

-- Those that the operator made on behalf of somebody.
CREATE INDEX isometric_retirement_on_behalf ON transfer (tenant_id, created_at, id)
  WHERE kind = 'isometric.retirement' AND status = 0 AND credential IS NULL;

CREATE INDEX isometric_retirement_of_for
  ON transfer (tenant_id, coalesce(debit_account, accounts[1]), ((detail::jsonb) #>> '{beneficiary,id}'),
               created_at, id)
  WHERE kind = 'isometric.retirement' AND status = 0;

-- An order is a holder, too: its account keeps what is yet to be delivered. It has been placed once that
-- account has a posting.
CREATE TABLE isometric_order (
  tenant_id     integer NOT NULL,
  id            uuid    NOT NULL,
  reference     text    NOT NULL CHECK (reference <> ''),
  buyer_id      uuid    NOT NULL,
  supplier_id   uuid    NOT NULL,
  kilograms     bigint  NOT NULL CHECK (kilograms > 0),
  effective_on  date    NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, reference),
  FOREIGN KEY (tenant_id, id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, buyer_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, supplier_id) REFERENCES holder (tenant_id, id)
);

-- Pages of orders: all, by buyer, by supplier, and by both.
CREATE INDEX isometric_order_by_date ON isometric_order (tenant_id, effective_on, id);

CREATE INDEX isometric_order_of_buyer ON isometric_order (tenant_id, buyer_id, effective_on, id);

CREATE INDEX isometric_order_of_supplier ON isometric_order (tenant_id, supplier_id, effective_on, id);

CREATE INDEX isometric_order_between
  ON isometric_order (tenant_id, buyer_id, supplier_id, effective_on, id);

-- Pages of deliveries: all, under an order, by who delivers, by buyer, and by both.
CREATE INDEX isometric_delivery ON transfer (tenant_id, created_at, id)
  WHERE kind = 'isometric.delivery' AND status = 0;

CREATE INDEX isometric_delivery_under ON transfer (tenant_id, (accounts[1]), created_at, id)
  WHERE kind = 'isometric.delivery' AND status = 0;

CREATE INDEX isometric_delivery_from ON transfer (tenant_id, (accounts[2]), created_at, id)
  WHERE kind = 'isometric.delivery' AND status = 0;

CREATE INDEX isometric_delivery_to ON transfer (tenant_id, (accounts[4]), created_at, id)
  WHERE kind = 'isometric.delivery' AND status = 0;

CREATE INDEX isometric_delivery_between
  ON transfer (tenant_id, (accounts[2]), (accounts[4]), created_at, id)
  WHERE kind = 'isometric.delivery' AND status = 0;

-- Pages of what came back from the buffer pool.
CREATE INDEX isometric_refund ON transfer (tenant_id, created_at, id)
  WHERE kind = 'isometric.refund' AND status = 0;

-- Who may receive from an organisation. One without entries may transfer to every other.
CREATE TABLE isometric_transferee (
  tenant_id        integer NOT NULL,
  organisation_id  uuid    NOT NULL,
  transferee_id    uuid    NOT NULL CHECK (transferee_id <> organisation_id),
  PRIMARY KEY (tenant_id, organisation_id, transferee_id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, transferee_id) REFERENCES holder (tenant_id, id)
);

-- For whom an organisation may retire, beside itself. created_at is the beneficiary's own, by which they are
-- listed.
CREATE TABLE isometric_beneficiary (
  tenant_id        integer     NOT NULL,
  organisation_id  uuid        NOT NULL,
  beneficiary_id   uuid        NOT NULL CHECK (beneficiary_id <> organisation_id),
  created_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, organisation_id, beneficiary_id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, beneficiary_id) REFERENCES holder (tenant_id, id)
);

CREATE INDEX isometric_beneficiary_newest
  ON isometric_beneficiary (tenant_id, organisation_id, created_at, beneficiary_id);

-- Who holds an account under a domain.
CREATE INDEX isometric_domain ON holder (tenant_id, lower(btrim((detail::jsonb) ->> 'domain')), id)
  WHERE kind = 'isometric.organisation';
