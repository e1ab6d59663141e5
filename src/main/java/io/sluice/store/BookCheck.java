package io.sluice.store;

import io.sluice.store.seal.SealChecks;

/**
 * The statements that recompute one tenant's books. Each answers with rows of (invariant, example),
 * one for each violation, and nothing for whole books. {@code $1} stands for the tenant. They read
 * tables from end to end and let PostgreSQL sort and hash on disk, so their memory does not grow
 * with the books. What is large is done in parts, some of them at once: {@code $part{id}} stands
 * for that id's belonging to the part, {@code $slice{number}} for that number's, {@code $range{id}}
 * for an id's in the order of ids.
 */
enum BookCheck {
  /**
   * Three indexes hold apart the numbers of an account's postings, each for itself; that no two of
   * them have the same is seen here.
   */
  POSTING_CHAINS(
      "posting chains",
      "posting",
      """
      SELECT CASE WHEN sequence <> previous + 1 THEN 'POSTING_SEQUENCE' ELSE 'RUNNING_BALANCE' END
               AS invariant,
             format('account %s: posting %s of %s to balance %s follows posting %s with balance %s',
                    coalesce((SELECT a.id::text FROM account a
                               WHERE a.tenant_id = $1 AND a.number = account), account::text),
                    sequence, amount, balance, previous, balance_before) AS example
        FROM (SELECT account, sequence, amount, balance,
                     lag(sequence, 1, 0::bigint) OVER chain AS previous,
                     lag(balance, 1, 0::numeric) OVER chain AS balance_before
                FROM posting
               WHERE tenant_id = $1 AND $slice{account}
              WINDOW chain AS (PARTITION BY account ORDER BY sequence)) chained
       WHERE sequence <> previous + 1 OR balance <> balance_before + amount
      """),

  /** The latest posting's balance is the sum of all, as the chains show, and needs no look-up. */
  LATEST_POSTINGS(
      "accounts against their postings",
      "posting",
      """
      SELECT broken.invariant,
             format('account %s: sequence %s and balance %s, %s is its latest posting and all sum'
                    ' to %s', a.id, a.sequence, a.balance, coalesce(made.latest, 0),
                    coalesce(made.balance, 0)) AS example
        FROM account a
        LEFT JOIN (SELECT account, max(sequence) AS latest, sum(amount) AS balance
                     FROM posting
                    WHERE tenant_id = $1 AND $slice{account} GROUP BY account) made
          ON made.account = a.number
       CROSS JOIN LATERAL (VALUES
               ('ACCOUNT_SEQUENCE', a.sequence <> coalesce(made.latest, 0)),
               ('ACCOUNT_BALANCE', a.balance <> coalesce(made.balance, 0)))
               AS broken (invariant, yes)
       WHERE a.tenant_id = $1 AND broken.yes AND $slice{a.number}
      """),

  LISTED_POSTINGS(
      "postings against the transfers that list them",
      "transfer",
      """
      SELECT CASE WHEN pair.transfer_id IS NULL THEN 'LISTED_POSTING'
                  WHEN owner.id IS NULL THEN 'POSTING_TRANSFER'
                  WHEN owner.status = 1 THEN 'REFUSED_TRANSFER'
                  ELSE 'POSTING_LISTED' END AS invariant,
             format('posting %s of account %s: belongs to transfer %s, listed by transfer %s',
                    pair.sequence,
                    coalesce((SELECT a.id::text FROM account a
                               WHERE a.tenant_id = $1 AND a.number = pair.account),
                             pair.account::text),
                    coalesce(pair.transfer_id::text, 'none'),
                    coalesce(pair.listed_by::text, 'none')) AS example
        FROM (SELECT coalesce(made.account, listed.account) AS account,
                     coalesce(made.sequence, listed.sequence) AS sequence,
                     made.transfer_id, listed.id AS listed_by
                FROM (SELECT t.id, l.account, l.sequence
                        FROM transfer t
                       CROSS JOIN LATERAL unnest(t.accounts, t.sequences) AS l (account, sequence)
                       WHERE t.tenant_id = $1 AND t.status = 0 AND t.accounts IS NOT NULL
                         AND $slice{l.account}) listed
                FULL JOIN (SELECT account, sequence, transfer_id
                             FROM listed_posting WHERE tenant_id = $1 AND $slice{account}) made
                  ON made.account = listed.account AND made.sequence = listed.sequence
               WHERE made.transfer_id IS DISTINCT FROM listed.id) pair
        LEFT JOIN transfer owner ON owner.tenant_id = $1 AND owner.id = pair.transfer_id
      """),

  /** Carries both of its postings whole, or neither; or lists any, each once. */
  TRANSFER_LISTINGS(
      "what transfers carry and list",
      "transfer",
      """
      SELECT CASE WHEN status = 1 AND debit_sequence IS NOT NULL THEN 'REFUSED_TRANSFER'
                  ELSE 'TRANSFER_LISTING' END AS invariant,
             format('transfer %s: status %s, %s of 2 accounts, %s of 5 values, lists %s accounts'
                    ' and %s sequences', id, status, num_nonnulls(debit_account, credit_account),
                    num_nonnulls(debit_sequence, credit_sequence, amount, debit_balance,
                                 credit_balance),
                    coalesce(cardinality(accounts), 0), coalesce(cardinality(sequences), 0))
               AS example
        FROM transfer t
       WHERE tenant_id = $1 AND $part{id}
         AND CASE WHEN accounts IS NULL THEN
                       num_nonnulls(debit_account, credit_account) <> 2
                       OR num_nonnulls(debit_sequence, credit_sequence, amount, debit_balance,
                                       credit_balance) <> CASE status WHEN 1 THEN 0 ELSE 5 END
                       OR amount <= 0 OR sequences IS NOT NULL
                  WHEN num_nonnulls(debit_account, credit_account, debit_sequence,
                                    credit_sequence, amount, debit_balance, credit_balance) <> 0
                       THEN true
                  WHEN status = 1 THEN cardinality(sequences) <> 0
                  WHEN cardinality(accounts) = 0 THEN true
                  WHEN cardinality(accounts) IS DISTINCT FROM cardinality(sequences) THEN true
                  ELSE cardinality(accounts) <>
                       (SELECT count(DISTINCT (l.account, l.sequence))
                          FROM unnest(t.accounts, t.sequences) AS l (account, sequence))
             END
      """),

  /** A debit and a credit of one amount sum to zero when they are of one asset. */
  TRANSFER_SUMS(
      "sums of transfers with two postings",
      "transfer",
      """
      SELECT CASE WHEN debit.id IS NULL OR credit.id IS NULL THEN 'POSTING_ACCOUNT'
                  ELSE 'TRANSFER_SUM' END AS invariant,
             format('transfer %s: %s of asset %s from account %s, of asset %s to account %s', t.id,
                    t.amount, coalesce(debit.asset_id::text, 'unknown'),
                    coalesce(debit.id::text, t.debit_account::text),
                    coalesce(credit.asset_id::text, 'unknown'),
                    coalesce(credit.id::text, t.credit_account::text)) AS example
        FROM transfer t
        LEFT JOIN account debit ON debit.tenant_id = $1 AND debit.number = t.debit_account
        LEFT JOIN account credit ON credit.tenant_id = $1 AND credit.number = t.credit_account
       WHERE t.tenant_id = $1 AND t.debit_sequence IS NOT NULL AND $part{t.id}
         AND (debit.asset_id = credit.asset_id) IS NOT TRUE
      """),

  LISTED_SUMS(
      "sums of other transfers",
      "posting",
      """
      SELECT CASE WHEN a.id IS NULL THEN 'POSTING_ACCOUNT' ELSE 'TRANSFER_SUM' END AS invariant,
             format('transfer %s: %s postings of asset %s sum to %s', p.transfer_id, count(*),
                    coalesce(a.asset_id::text, 'unknown'), sum(p.amount)) AS example
        FROM listed_posting p
        LEFT JOIN account a ON a.tenant_id = $1 AND a.number = p.account
       WHERE p.tenant_id = $1 AND $part{p.transfer_id}
       GROUP BY p.transfer_id, a.asset_id, a.id IS NULL
      HAVING sum(p.amount) <> 0 OR a.id IS NULL
      """),

  TRANSFER_KEYS(
      "idempotency keys",
      "transfer",
      """
      SELECT 'TRANSFER_KEY' AS invariant,
             format('key %s: %s transfers', key, count(*)) AS example
        FROM transfer
       WHERE tenant_id = $1 AND key IS NOT NULL AND $range{key}
       GROUP BY key
      HAVING count(*) > 1
      """),

  ASSET_SUMS(
      "sums of assets",
      "account",
      """
      SELECT 'ASSET_SUM' AS invariant,
             format('asset %s: balances sum to %s', asset_id, sum(balance)) AS example
        FROM account
       WHERE tenant_id = $1
       GROUP BY asset_id
      HAVING sum(balance) <> 0
      """),

  ACCOUNT_NUMBERS(
      "numbers of accounts",
      "account",
      """
      SELECT 'ACCOUNT_NUMBER' AS invariant,
             format('number %s: %s accounts, %s and %s among them', number, count(*),
                    min(id::text), max(id::text)) AS example
        FROM account
       WHERE tenant_id = $1 AND $slice{number}
       GROUP BY number
      HAVING count(*) > 1
      """),

  /** The id is computed as in {@link io.sluice.ledger.AccountRef#of}. */
  ACCOUNTS(
      "accounts",
      "account",
      """
      SELECT broken.invariant,
             format('account %s: holder %s, asset %s, bucket %s, status %s, floor %s, balance %s,'
                    ' overdrawn %s',
                    a.id, a.holder_id, a.asset_id, a.bucket, a.status,
                    coalesce(a.floor::text, 'none'), a.balance, a.overdrawn) AS example
        FROM (SELECT account.*,
                     sha256('\\x00000010' || uuid_send(holder_id) ||
                            '\\x00000010' || uuid_send(asset_id) || int4send(bucket)) AS digest
                FROM account WHERE tenant_id = $1 AND $part{id} OFFSET 0) a
        LEFT JOIN holder h ON h.tenant_id = $1 AND h.id = a.holder_id
        LEFT JOIN asset s ON s.tenant_id = $1 AND s.id = a.asset_id
       CROSS JOIN LATERAL (
               SELECT uuid_send(a.id) <> set_byte(set_byte(substr(digest, 1, 16),
                       6, get_byte(digest, 6) & 15 | 128), 8, get_byte(digest, 8) & 63 | 128)
                        AS id,
                      a.overdrawn < 0 OR (a.floor IS NULL) <> (a.kind = 2)
                       OR coalesce(a.balance + a.overdrawn < a.floor, false) AS floor) wrong
       CROSS JOIN LATERAL (VALUES
               ('ACCOUNT_HOLDER', h.id IS NULL),
               ('ACCOUNT_ASSET', s.id IS NULL),
               ('ACCOUNT_ID', wrong.id),
               ('ACCOUNT_STATUS', a.status <> h.status),
               ('ACCOUNT_FLOOR', wrong.floor))
               AS broken (invariant, yes)
       WHERE broken.yes
         AND (h.id IS NULL OR s.id IS NULL OR wrong.id OR a.status <> h.status OR wrong.floor)
      """),

  LOT_BALANCES(
      "lots against balances",
      "lot",
      """
      SELECT 'LOT_BALANCE' AS invariant,
             format('account %s: balance %s, overdrawn %s, %s remains in its lots',
                    a.id, a.balance, a.overdrawn, coalesce(held.remaining, 0)) AS example
        FROM account a
        LEFT JOIN (SELECT account_id, sum(remaining) AS remaining
                     FROM lot WHERE tenant_id = $1 GROUP BY account_id) held
          ON held.account_id = a.id
       WHERE a.tenant_id = $1 AND a.kind = 1
         AND a.balance <> coalesce(held.remaining, 0) - a.overdrawn
      """),

  LOT_REMAINDERS(
      "lots against their movements",
      "lot_movement",
      """
      SELECT 'LOT_REMAINING' AS invariant,
             format('lot %s on account %s: %s remains, its movements there sum to %s',
                    coalesce(l.id, m.lot_id), coalesce(l.account_id, m.account_id),
                    coalesce(l.remaining, 0), coalesce(m.amount, 0)) AS example
        FROM (SELECT id, account_id, remaining
                FROM lot WHERE tenant_id = $1 AND $part{id}) l
        FULL JOIN (SELECT lot_id, account_id, sum(amount) AS amount
                     FROM lot_movement
                    WHERE tenant_id = $1 AND $part{lot_id} GROUP BY lot_id, account_id) m
          ON m.lot_id = l.id AND m.account_id = l.account_id
       WHERE coalesce(l.remaining, 0) <> coalesce(m.amount, 0)
      """),

  /**
   * What moves less what is posted is what the transfer adds to the overdraft. A debit can only add
   * to it and a credit only reduce it, and it never falls below zero.
   */
  LOT_POSTINGS(
      "lot movements against postings",
      "lot_movement",
      """
      SELECT 'LOT_POSTING' AS invariant,
             format('transfer %s on account %s: posts %s, moves lots of %s, leaves %s overdrawn',
                    transfer_id, account_id, posted, moved, overdrawn) AS example
        FROM (SELECT both_sides.*,
                     sum(moved - posted) OVER (PARTITION BY account_id ORDER BY sequence)
                       AS overdrawn
                FROM (SELECT coalesce(p.transfer_id, m.transfer_id) AS transfer_id,
                             coalesce(p.account_id, m.account_id) AS account_id,
                             coalesce(p.amount, 0) AS posted, coalesce(m.amount, 0) AS moved,
                             p.lowest, p.highest, p.sequence
                        FROM (SELECT q.transfer_id, a.id AS account_id, sum(q.amount) AS amount,
                                     min(q.amount) AS lowest, max(q.amount) AS highest,
                                     max(q.sequence) AS sequence
                                FROM posting q
                                JOIN account a ON a.tenant_id = $1 AND a.number = q.account
                               WHERE q.tenant_id = $1 AND a.kind = 1 AND $part{a.id}
                               GROUP BY q.transfer_id, a.id) p
                        FULL JOIN (SELECT transfer_id, account_id, sum(amount) AS amount
                                     FROM lot_movement
                                    WHERE tenant_id = $1 AND $part{account_id}
                                    GROUP BY transfer_id, account_id) m
                          ON m.transfer_id = p.transfer_id AND m.account_id = p.account_id
                     ) both_sides) running
       WHERE sequence IS NULL OR overdrawn < 0
          OR (highest < 0 AND moved NOT BETWEEN posted AND 0)
          OR (lowest > 0 AND moved NOT BETWEEN 0 AND posted)
      """),

  LOTS(
      "lots",
      "lot",
      """
      SELECT broken.invariant,
             format('lot %s: account %s, amount %s, parent %s, children %s and %s', l.id,
                    l.account_id, l.amount, coalesce(l.parent_id::text, 'none'),
                    coalesce(l.left_child_id::text, 'none'),
                    coalesce(l.right_child_id::text, 'none')) AS example
        FROM lot l
        LEFT JOIN account a ON a.tenant_id = $1 AND a.id = l.account_id
        LEFT JOIN holder issuer ON issuer.tenant_id = $1 AND issuer.id = l.issuer_id
        LEFT JOIN lot up ON up.tenant_id = $1 AND up.id = l.parent_id
        LEFT JOIN lot kept ON kept.tenant_id = $1 AND kept.id = l.right_child_id
        LEFT JOIN lot moved ON moved.tenant_id = $1 AND moved.id = l.left_child_id
       CROSS JOIN LATERAL (VALUES
               ('LOT_ACCOUNT', a.kind IS DISTINCT FROM 1),
               ('LOT_ISSUER', l.issuer_id IS NOT NULL AND issuer.id IS NULL),
               ('SPLIT_PARENT', l.parent_id IS NOT NULL AND up.status IS DISTINCT FROM 0
                       AND up.status IS DISTINCT FROM 3
                       AND l.id IS DISTINCT FROM up.left_child_id
                       AND l.id IS DISTINCT FROM up.right_child_id),
               ('LOT_PART', up.status IN (0, 3)
                       AND (l.created_at, l.expires_at, l.matures_at)
                           IS DISTINCT FROM (up.created_at, up.expires_at, up.matures_at)),
               ('LOT_DUE', l.remaining > 0 AND l.due_at IS DISTINCT FROM
                       CASE a.bucket WHEN 0 THEN l.expires_at
                                     WHEN 2 THEN least(l.expires_at, l.matures_at) END),
               ('SPLIT_CHILDREN', l.status = 1
                       AND (moved.parent_id IS DISTINCT FROM l.id
                            OR kept.parent_id IS DISTINCT FROM l.id OR moved.id = kept.id)),
               ('SPLIT_AMOUNT', l.status = 1 AND moved.amount + kept.amount <> l.amount),
               ('SPLIT_REMAINING', l.status = 1 AND l.remaining <> 0),
               ('SPLIT_SERIALS', l.status = 1
                       AND (moved.serial_from IS DISTINCT FROM l.serial_from
                            OR kept.serial_from IS DISTINCT FROM l.serial_from + moved.amount)))
               AS broken (invariant, yes)
       WHERE l.tenant_id = $1 AND broken.yes
      """),

  LOT_MOVEMENTS(
      "lot movements",
      "lot_movement",
      """
      SELECT broken.invariant,
             format('movement of %s: transfer %s, lot %s, account %s', m.amount, m.transfer_id,
                    m.lot_id, m.account_id) AS example
        FROM lot_movement m
        LEFT JOIN transfer t ON t.tenant_id = $1 AND t.id = m.transfer_id
        LEFT JOIN lot l ON l.tenant_id = $1 AND l.id = m.lot_id
        LEFT JOIN account a ON a.tenant_id = $1 AND a.id = m.account_id
       CROSS JOIN LATERAL (VALUES
               ('MOVEMENT_TRANSFER', t.status IS DISTINCT FROM 0),
               ('MOVEMENT_LOT', l.id IS NULL),
               ('MOVEMENT_ACCOUNT', a.kind IS DISTINCT FROM 1))
               AS broken (invariant, yes)
       WHERE m.tenant_id = $1 AND broken.yes AND $part{m.transfer_id}
      """),

  SERIAL_REGISTERS("registers of serial numbers", "lot", SerialChecks.REGISTERS),
  SERIAL_LOTS("serial numbers of lots", "lot", SerialChecks.LOTS),
  RETIRED_LOTS("retired lots", "lot", SerialChecks.RETIRED),
  SEALED_BLOCKS("the order of sealed blocks", "transfer", SealChecks.ORDER),
  SEALED_COMPLETE("whether all is sealed once", "transfer", SealChecks.COMPLETE),
  SEALED_HEADS("the head of sealed books", "transfer", SealChecks.HEAD);

  private final String title;
  private final String table;
  private final String sql;

  BookCheck(String title, String table, String sql) {
    this.title = title;
    this.table = table;
    this.sql = sql;
  }

  /** What is checked, for people. */
  String title() {
    return title;
  }

  /** The largest table that the check reads from end to end. */
  String table() {
    return table;
  }

  /** For each thing that is wrong, the broken invariant and an example; not yet of any part. */
  String sql() {
    return sql;
  }

  /** How long a row of its table takes, compared with other checks. */
  int cost() {
    return switch (this) {
      case POSTING_CHAINS, LATEST_POSTINGS -> 3;
      case TRANSFER_LISTINGS,
          TRANSFER_SUMS,
          TRANSFER_KEYS,
          ACCOUNTS,
          LISTED_SUMS,
          SEALED_COMPLETE ->
          2;
      case LISTED_POSTINGS, ASSET_SUMS, ACCOUNT_NUMBERS, SEALED_BLOCKS, SEALED_HEADS -> 1;
      case LOT_BALANCES, LOT_REMAINDERS, LOT_POSTINGS, LOTS, LOT_MOVEMENTS -> 1;
      case SERIAL_REGISTERS, SERIAL_LOTS, RETIRED_LOTS -> 1;
    };
  }
}
