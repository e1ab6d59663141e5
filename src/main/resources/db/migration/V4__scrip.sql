-- What only the Scrip dialect knows: which assets a programme may use, who is enrolled where, and who
-- belongs to which group. Programmes, participants and groups themselves are holders.

CREATE TABLE scrip_program_asset (
  tenant_id   integer     NOT NULL,
  program_id  uuid        NOT NULL,
  asset_id    uuid        NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, program_id, asset_id),
  FOREIGN KEY (tenant_id, program_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES asset (tenant_id, id)
);

CREATE INDEX scrip_program_asset_by_asset ON scrip_program_asset (tenant_id, asset_id);

CREATE TABLE scrip_enrolment (
  tenant_id       integer     NOT NULL,
  participant_id  uuid        NOT NULL,
  program_id      uuid        NOT NULL,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, participant_id, program_id),
  FOREIGN KEY (tenant_id, participant_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, program_id) REFERENCES holder (tenant_id, id)
);

-- A membership that ended stays, with the time of its end.
CREATE TABLE scrip_group_member (
  tenant_id       integer     NOT NULL,
  group_id        uuid        NOT NULL,
  participant_id  uuid        NOT NULL,
  admin           boolean     NOT NULL,
  joined_at       timestamptz NOT NULL,
  left_at         timestamptz,
  PRIMARY KEY (tenant_id, group_id, participant_id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, participant_id) REFERENCES holder (tenant_id, id)
);

CREATE INDEX scrip_group_member_now ON scrip_group_member (tenant_id, group_id, participant_id)
  WHERE left_at IS NULL;
