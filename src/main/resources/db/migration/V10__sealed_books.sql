-- Sealed books: each tenant's transfers in one order, each with the hash of what it says and of the one
-- before, and a Merkle tree over these hashes in the manner of RFC 6962. Made after the commit
-- (docs/adr/0018-sealed-books.md says in which order and of which bytes).

-- How far a tenant's books are sealed. Whoever seals locks this row. sealed_to is the highest id that was
-- sealed in the order of ids; looked_to how far it was looked for late ones once more. peaks are the
-- hashes of the complete subtrees, the largest first, 32 bytes each.
CREATE TABLE sealed_head (
  tenant_id   integer     NOT NULL REFERENCES tenant (id),
  size        bigint      NOT NULL DEFAULT 0 CHECK (size >= 0),
  blocks      bigint      NOT NULL DEFAULT 0 CHECK (blocks >= 0),
  sealed_at   timestamptz NOT NULL,
  sealed_to   uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  looked_to   uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  last_hash   bytea       NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
                          CHECK (octet_length(last_hash) = 32),
  peaks       bytea       NOT NULL DEFAULT '' CHECK (octet_length(peaks) % 32 = 0),
  PRIMARY KEY (tenant_id)
) WITH (fillfactor = 50);

-- Entries that were sealed together: the ids of transfers, and their hashes one after the other. previous
-- is the hash before the first of them. A late block has what was not there yet when later ids were sealed.
CREATE TABLE sealed_block (
  tenant_id       integer     NOT NULL,
  number          bigint      NOT NULL CHECK (number >= 0),
  first_position  bigint      NOT NULL CHECK (first_position >= 0),
  late            boolean     NOT NULL,
  sealed_at       timestamptz NOT NULL,
  lowest          uuid        NOT NULL,
  highest         uuid        NOT NULL,
  previous        bytea       NOT NULL CHECK (octet_length(previous) = 32),
  ids             uuid[]      NOT NULL CHECK (cardinality(ids) BETWEEN 1 AND 1024),
  hashes          bytea       NOT NULL CHECK (octet_length(hashes) = 32 * cardinality(ids)),
  PRIMARY KEY (tenant_id, number)
);

-- Neither can be compressed, so nothing tries.
ALTER TABLE sealed_block ALTER COLUMN ids SET STORAGE EXTERNAL, ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- In which block an entry is, by its place and by its id.
CREATE UNIQUE INDEX sealed_block_position ON sealed_block (tenant_id, first_position);

CREATE INDEX sealed_block_ids ON sealed_block (tenant_id, late, highest);

-- Hashes of complete subtrees with 256^level entries; place counts them from the left.
CREATE TABLE sealed_node (
  tenant_id  integer  NOT NULL,
  level      smallint NOT NULL CHECK (level BETWEEN 1 AND 7),
  place      bigint   NOT NULL CHECK (place >= 0),
  hash       bytea    NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id, level, place)
);
