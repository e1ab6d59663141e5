-- What is told to those who asked to hear of it: written in the commit of what it tells, delivered by
-- whichever gateway is free (docs/adr/0017-events-in-the-commit.md). A tenant that has
-- no endpoint has no rows here.

-- Where a tenant wants to hear of what. types are the dialect's own; '*' stands for all of them. secret is
-- encrypted, for the dialects that sign with one. detail is the dialect's own text.
CREATE TABLE event_endpoint (
  tenant_id   integer     NOT NULL REFERENCES tenant (id),
  id          uuid        NOT NULL,
  dialect     text        NOT NULL CHECK (dialect <> ''),
  status      smallint    NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 2),
  url         text        NOT NULL,
  types       text[]      NOT NULL CHECK (cardinality(types) > 0),
  secret      bytea,
  detail      text        NOT NULL DEFAULT '{}',
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- Lists, newest first; status 2 is archived, which no list shows.
CREATE INDEX event_endpoint_live ON event_endpoint (tenant_id, dialect, created_at, id) WHERE status < 2;

-- payload is the body that receivers get, to the byte, so that all attempts send the same. fan_out names
-- the endpoints that are still to get a delivery, where they were too many for the commit itself.
CREATE TABLE event (
  tenant_id   integer     NOT NULL,
  id          uuid        NOT NULL,
  dialect     text        NOT NULL,
  type        text        NOT NULL,
  subject     uuid        NOT NULL,
  payload     text        NOT NULL,
  created_at  timestamptz NOT NULL,
  fan_out     uuid[]      CHECK (cardinality(fan_out) > 0),
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX event_fan_out ON event (tenant_id, id) WHERE fan_out IS NOT NULL;

-- What was told of one thing.
CREATE INDEX event_subject ON event (tenant_id, subject, id);

-- That an event is to go to an endpoint, before anybody has looked at it: all that the commit of what it
-- tells has to write, so that transfers wait for one index entry here and not for five. Whoever claims it,
-- shows it, or finds it here after a second, makes a delivery of it. It is empty again and again: cut off
-- each time, it would have plans made for an empty table.
CREATE TABLE event_fresh (
  tenant_id    integer     NOT NULL,
  endpoint_id  uuid        NOT NULL,
  event_id     uuid        NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, endpoint_id, event_id)
) WITH (vacuum_truncate = off);

-- Each CHECK is read anew by every statement that writes here, some 8 µs, so there are only two.
-- That an event goes to an endpoint. While it is open, due_at is when the next attempt may begin; while
-- an attempt is under way, when another gateway may take it over.
CREATE TABLE event_delivery (
  tenant_id        integer     NOT NULL,
  id               uuid        NOT NULL,
  endpoint_id      uuid        NOT NULL,
  event_id         uuid        NOT NULL,
  status           smallint    NOT NULL DEFAULT 0,
  attempts         integer     NOT NULL DEFAULT 0,
  resend           integer     NOT NULL DEFAULT 0,
  due_at           timestamptz,
  last_attempt_at  timestamptz,
  delivered_at     timestamptz,
  response_status  integer,
  response_body    text,
  error_code       text,
  error            text,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK ((status < 2) = (due_at IS NOT NULL)),
  CHECK ((status = 2) = (delivered_at IS NOT NULL))
) WITH (fillfactor = 80);

CREATE INDEX event_delivery_due ON event_delivery (tenant_id, endpoint_id, due_at)
  WHERE due_at IS NOT NULL;

-- Lists of an endpoint's, newest first, of all and of each status.
CREATE INDEX event_delivery_by_endpoint ON event_delivery (tenant_id, endpoint_id, created_at, id);

CREATE INDEX event_delivery_by_status
  ON event_delivery (tenant_id, endpoint_id, status, created_at, id);

-- Whether an event is still needed.
CREATE INDEX event_delivery_by_event ON event_delivery (tenant_id, event_id);

-- How many attempts went well or ill, by the hour.
CREATE TABLE event_tally (
  tenant_id    integer     NOT NULL,
  endpoint_id  uuid        NOT NULL,
  hour         timestamptz NOT NULL,
  successes    bigint      NOT NULL CHECK (successes >= 0),
  failures     bigint      NOT NULL CHECK (failures >= 0),
  last_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, endpoint_id, hour)
);

-- Endpoints whose receivers have failed since they last took something, how often in a row. Before
-- open_until nothing is sent there, so that a dead receiver costs the others nothing; from then on one
-- attempt at a time says whether it is back. Its owner can have it tried at once, but before trial_from not
-- once more.
CREATE TABLE event_circuit (
  tenant_id    integer     NOT NULL,
  endpoint_id  uuid        NOT NULL,
  failures     integer     NOT NULL CHECK (failures > 0),
  open_until   timestamptz,
  trial_from   timestamptz,
  PRIMARY KEY (tenant_id, endpoint_id)
);
