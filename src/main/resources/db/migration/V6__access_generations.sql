-- A password change ends the tokens that the password before it had fetched: a token carries the
-- generation of its credential, and stands only while that is the current one.
ALTER TABLE credential ADD COLUMN generation integer NOT NULL DEFAULT 0 CHECK (generation >= 0);

-- What is made for the demo is printed on a console, and ends when a gateway starts without the demo.
ALTER TABLE credential ADD COLUMN demo boolean NOT NULL DEFAULT false;

UPDATE credential SET demo = true
  FROM tenant
 WHERE tenant.id = credential.tenant_id AND tenant.name = 'demo' AND credential.label = 'demo';

CREATE INDEX credential_demo ON credential (tenant_id) WHERE demo AND revoked_at IS NULL;
