-- What only the Scrip dialect knows: which assets a programme may use, who is enrolled where, and who
-- belongs to which group. Programmes, participants and groups themselves are holders, and so is what
-- carries an asset's status and ceiling, under the asset's id.

-- used_at is when an operation first relied on the link, which from then on is never undone.
CREATE TABLE scrip_program_asset (
  tenant_id   integer     NOT NULL,
  program_id  uuid        NOT NULL,
  asset_id    uuid        NOT NULL,
  created_at  timestamptz NOT NULL,
  used_at     timestamptz,
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

CREATE INDEX scrip_enrolment_by_program ON scrip_enrolment (tenant_id, program_id, participant_id);

-- A membership that ended stays, with the time of its end. on_behalf_of is the participant for whom it
-- was last changed.
CREATE TABLE scrip_group_member (
  tenant_id       integer     NOT NULL,
  group_id        uuid        NOT NULL,
  participant_id  uuid        NOT NULL,
  admin           boolean     NOT NULL,
  joined_at       timestamptz NOT NULL,
  left_at         timestamptz,
  on_behalf_of    uuid,
  PRIMARY KEY (tenant_id, group_id, participant_id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES holder (tenant_id, id),
  FOREIGN KEY (tenant_id, participant_id) REFERENCES holder (tenant_id, id)
);

CREATE INDEX scrip_group_member_by_time
    ON scrip_group_member (tenant_id, group_id, joined_at, participant_id);

-- The balance that the first answer to a request with a key told, for all further ones.
CREATE TABLE scrip_answer (
  tenant_id    integer       NOT NULL,
  transfer_id  uuid          NOT NULL,
  available    numeric(38,0) NOT NULL,
  held         numeric(38,0) NOT NULL,
  deferred     numeric(38,0) NOT NULL,
  PRIMARY KEY (tenant_id, transfer_id)
);

-- Lists, in each order that can be asked for beside that of creation.
CREATE INDEX scrip_holder_by_name
    ON holder (tenant_id, kind, ((detail::jsonb ->> 'name') COLLATE "C"), id)
  WHERE kind IN ('scrip.program', 'scrip.group');

CREATE INDEX scrip_holder_by_status ON holder (tenant_id, kind, status, id)
  WHERE kind = 'scrip.participant';

CREATE INDEX scrip_participant_of_status ON holder (tenant_id, status, created_at, id)
  WHERE kind = 'scrip.participant';

CREATE INDEX scrip_asset_by_time ON asset (tenant_id, created_at, id) WHERE kind = 'scrip.asset';

CREATE INDEX scrip_group_member_now
    ON scrip_group_member (tenant_id, group_id, joined_at, participant_id)
  WHERE left_at IS NULL;

-- A participant's redemptions, newest first. Only they pay for it.
CREATE INDEX scrip_redemption ON transfer (tenant_id, ((detail::jsonb ->> 'participant_id')), created_at, id)
  WHERE kind = 'scrip.redemption';

-- The journal, by actions: newest first. A plain transfer is in none of these indexes; the journal as a
-- whole is read along the key of transfers, whose ids are ordered by time.
CREATE INDEX scrip_journal_by_kind ON transfer (tenant_id, kind, id)
  WHERE kind IN ('scrip.credit', 'scrip.debit', 'scrip.hold', 'scrip.release', 'scrip.forfeit',
                 'scrip.void_hold', 'scrip.redemption', 'scrip.reversal', 'scrip.fund', 'scrip.burn',
                 'scrip.maturity', 'scrip.expiration');
