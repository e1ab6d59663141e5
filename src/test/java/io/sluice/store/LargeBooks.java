package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.testing.TestDatabase;
import java.util.List;
import java.util.UUID;

/**
 * As many rows of everything that is listed as a test wants, and among them, at the far end of
 * every list, a few that are unlike the others. For reading only: the books are not whole.
 *
 * <p>Of accounts, 1 and 2 are a party to nearly every transfer of one kind, 3 and 4 to a few of the
 * oldest; so are 5 and 6, and 7 and 8, to those of another kind, and so on. Holder 1 has nearly all
 * redemptions, holder 2 the oldest; account 1 has nearly all listed postings. Accounts 41 to 44 are
 * those of nearly all deliveries, 45 to 48 those of the oldest. Accounts 9 and 10 have all credit
 * batches, those of 10 retired, for holder 1; the oldest are of another project and supplier and of
 * other issuances and deliveries than the rest. The oldest ledgers are of another type, currency,
 * status and parent than all others.
 */
record LargeBooks(TenantId tenant, int rows) {
  static final String COMMON = "scrip.participant";
  static final String RARE = "scrip.program";

  static final int FEW = 3;

  /** The second before the one in which the first row of anything was made. */
  static final long EPOCH = 1_750_000_000;

  /** Ids are in the order of what they are ids of; one account's number is its id's. */
  static UUID id(long number) {
    return new UUID(0x0190_0000_0000_7000L + number, 0x8000_0000_0000_0000L);
  }

  static AccountId account(int number) {
    return new AccountId(id(number));
  }

  static HolderId holder(int number) {
    return new HolderId(id(number));
  }

  /** The id of a delivery. */
  static UUID delivery(int number) {
    return id(8L * number + 4);
  }

  /** The id of a ledger; 3 has few below it, 1 many. */
  static UUID ledger(int number) {
    return new UUID(0x01a0_0000_0000_7000L + number, 0x8000_0000_0000_0000L);
  }

  static LargeBooks fill(TestDatabase test, int tenant, int rows) {
    SCRIPT.forEach(
        sql ->
            test.execute(
                sql.replace(":tenant", Integer.toString(tenant))
                    .replace(":rows", Integer.toString(rows))
                    .replace(":few", Integer.toString(FEW))));
    return new LargeBooks(new TenantId(tenant), rows);
  }

  private static final String ID =
      "(lpad(to_hex(x'0190000000007000'::bigint + n), 16, '0') || '8000000000000000')::uuid";

  private static final String NUMBERS = " FROM generate_series(1, :rows) AS n";

  /** Holder 2 has a few of the oldest. */
  private static final String SUPPLIER =
      ", (CASE WHEN n <= :few THEN '" + id(2) + "' ELSE '" + id(1) + "' END)::uuid";

  private static final List<String> SCRIPT =
      List.of(
          "INSERT INTO tenant (id, name) VALUES (:tenant, 'large :tenant')",
          "INSERT INTO holder (tenant_id, id, kind, reference, created_at, updated_at, detail)"
              + " SELECT :tenant, "
              + ID
              + ", CASE WHEN n <= :few THEN 'scrip.program' ELSE 'scrip.participant' END, n,"
              + " to_timestamp(1750000000 + n), now(), '{\"name\":\"' || n || '\"}'"
              + NUMBERS,
          "INSERT INTO asset (tenant_id, id, kind, reference, scale, lots, created_at, updated_at)"
              + " SELECT :tenant, "
              + ID
              + ", 'test.asset', n, 2, false, now(), now() FROM generate_series(1, 1) AS n",
          "INSERT INTO account (tenant_id, id, number, holder_id, asset_id, bucket, kind, status,"
              + " floor, sequence, updated_at) SELECT :tenant, "
              + ID
              + ", n, "
              + ID
              + ", (SELECT id FROM asset WHERE tenant_id = :tenant), 0, 0, 0, 0,"
              + " CASE WHEN n % 4 IN (1, 2) THEN :rows ELSE :few END, now()"
              + " FROM generate_series(1, :rows) AS n",
          transfers("orum.booktransfer", 0, "'{}'"),
          transfers(
              "isometric.retirement",
              3,
              "'{\"beneficiary\":{\"id\":\"' || CASE WHEN made.i <= :few THEN 'rare' ELSE 'common'"
                  + " END || '\"}}'"),
          transfers("isometric.transfer", 1, "'{}'"),
          transfers(
              "scrip.redemption",
              2,
              "'{\"participant_id\":\"' || CASE WHEN made.i <= :few THEN '"
                  + id(2)
                  + "' ELSE '"
                  + id(1)
                  + "' END || '\"}'"),
          """
          INSERT INTO sealed_block (tenant_id, number, first_position, late, sealed_at, lowest,
                                    highest, previous, ids, hashes)
          SELECT :tenant, place / 1024, min(place), false, now(), (array_agg(id ORDER BY id))[1],
                 (array_agg(id ORDER BY id DESC))[1], decode(repeat('00', 32), 'hex'),
                 array_agg(id ORDER BY id), decode(repeat('00', 32 * count(*)::integer), 'hex')
            FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
                    FROM transfer WHERE tenant_id = :tenant) AS sealed
           GROUP BY place / 1024
          """,
          "INSERT INTO listed_posting (tenant_id, account, sequence, transfer_id, amount, balance)"
              + " SELECT :tenant, 1, n, "
              + ID
              + ", -1, -n"
              + NUMBERS,
          "INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at, expires_at,"
              + " origin_id) SELECT :tenant, "
              + ID
              + ", (SELECT id FROM account WHERE tenant_id = :tenant AND number = 1), 5, n % 2 * 5,"
              + " to_timestamp(1750000000 + n), CASE WHEN n > :rows - 2 * :few"
              + " THEN to_timestamp(1760000000) END, "
              + ID
              + NUMBERS,
          """
          INSERT INTO listed_posting (tenant_id, account, sequence, transfer_id, amount, balance)
          SELECT :tenant, n, 1, gen_random_uuid(), 1, 1 FROM generate_series(41, 48) AS n
          """,
          """
          INSERT INTO transfer (tenant_id, status, created_at, id, kind, detail, accounts, sequences)
          SELECT :tenant, 0, to_timestamp(1750000000 + n),
                 (lpad(to_hex(x'0190000000007000'::bigint + 8 * n + 4), 16, '0')
                   || '8000000000000000')::uuid, 'isometric.delivery', '{}',
                 CASE WHEN n <= :few THEN ARRAY[45, 46, 47, 48] ELSE ARRAY[41, 42, 43, 44] END,
                 ARRAY[1, 1, 1, 1]
            FROM generate_series(1, :rows) AS n
          """,
          """
          INSERT INTO isometric_order (tenant_id, id, reference, buyer_id, supplier_id, kilograms,
                                       effective_on)
          SELECT :tenant, h.id, h.reference,
                 (CASE WHEN h.reference::int <= :few THEN ':3' ELSE ':1' END)::uuid,
                 (CASE WHEN h.reference::int <= :few THEN ':4' ELSE ':2' END)::uuid, 5,
                 date '2020-01-01' + h.reference::int
            FROM holder h
           WHERE h.tenant_id = :tenant
          """
              .replace(":1", id(1).toString())
              .replace(":2", id(2).toString())
              .replace(":3", id(3).toString())
              .replace(":4", id(4).toString()),
          """
          INSERT INTO isometric_beneficiary (tenant_id, organisation_id, beneficiary_id, created_at)
          SELECT :tenant, ':1', h.id, h.created_at
            FROM holder h WHERE h.tenant_id = :tenant AND h.id <> ':1'
          """
              .replace(":1", id(1).toString()),
          """
          INSERT INTO event_endpoint (tenant_id, id, dialect, url, types, created_at, updated_at)
          SELECT :tenant, id, 'scrip', '', ARRAY['*'], now(), now()
            FROM holder WHERE tenant_id = :tenant AND reference = '1'
          """,
          """
          INSERT INTO event (tenant_id, id, dialect, type, subject, payload, created_at)
          SELECT :tenant, id, 'scrip', 't', id, '', created_at FROM holder WHERE tenant_id = :tenant
          """,
          """
          INSERT INTO event_delivery (tenant_id, id, endpoint_id, event_id, status, due_at,
                                      created_at, updated_at)
          SELECT :tenant, h.id, p.id, h.id, 3, NULL, h.created_at, h.created_at
            FROM holder h JOIN event_endpoint p ON p.tenant_id = :tenant
           WHERE h.tenant_id = :tenant
          """,
          "INSERT INTO scrip_group_member (tenant_id, group_id, participant_id, admin, joined_at,"
              + " left_at) SELECT :tenant, (SELECT id FROM holder WHERE tenant_id = :tenant"
              + " ORDER BY id LIMIT 1), "
              + ID
              + ", true, to_timestamp(1750000000 + n), CASE WHEN n <= :rows - :few THEN now() END"
              + NUMBERS,
          "INSERT INTO orum_customer (tenant_id, id, kind, status, reference, name, last_name,"
              + " detail, created_at, updated_at) SELECT :tenant, "
              + ID
              + ", 0, CASE WHEN n <= :few THEN 2 ELSE 1 END, n,"
              + " CASE WHEN n <= 2 * :few THEN 'rare' ELSE 'common' END,"
              + " CASE WHEN n <= 2 * :few THEN 'rare' ELSE 'common' END,"
              + " '{}', to_timestamp(1750000000 + n), now()"
              + NUMBERS,
          "INSERT INTO credential (tenant_id, id, type, label, secret_hash, created_at, revoked_at)"
              + " SELECT :tenant, "
              + ID
              + ", 'test-type', n, sha256(('s' || n || ':tenant')::bytea), now(), now()"
              + NUMBERS,
          "INSERT INTO isometric_project (tenant_id, id, supplier_id, name, short_code, pathway,"
              + " country_code, detail, next_serial, created_at) SELECT :tenant, "
              + ID
              + SUPPLIER
              + ", 'Project ' || lpad(n::text, 9, '0'), n, 'marine', 'GBR', '{}', 0,"
              + " to_timestamp(1750000000 + n)"
              + NUMBERS,
          "INSERT INTO isometric_project_document (tenant_id, id, project_id, display_name, url)"
              + " SELECT :tenant, "
              + ID
              + ", '"
              + id(1)
              + "', 'Document ' || lpad(n::text, 9, '0'), 'https://a.example'"
              + NUMBERS,
          "INSERT INTO isometric_issuance (tenant_id, id, reference, fingerprint, project_id,"
              + " supplier_id, issued_at, reporting_period_start, reporting_period_end,"
              + " supplier_kilograms, buffer_kilograms, first_batch_id, created_at) SELECT :tenant,"
              + " "
              + ID
              + ", n, sha256('')"
              + SUPPLIER
              + SUPPLIER
              + ", to_timestamp(1750000000 + n), now(), now(), 1, 0, "
              + ID
              + ", to_timestamp(1750000000 + n)"
              + NUMBERS,
          "INSERT INTO audit (tenant_id, id, at, action, outcome, transfer_id, credential, record)"
              + " SELECT :tenant, "
              + ID
              + ", to_timestamp(1750000000 + n), CASE WHEN n <= :few THEN 'rare' ELSE 'common' END,"
              + " 'success', CASE WHEN n <= :few THEN "
              + ID
              + " END, CASE WHEN n <= :few THEN 1 ELSE 2 END, '{}'"
              + NUMBERS,
          """
          INSERT INTO holder (tenant_id, id, kind, reference, created_at, updated_at, detail)
          SELECT :tenant, (lpad(to_hex(x'01c0000000007000'::bigint + n), 16, '0')
                            || '8000000000000000')::uuid, 'scrip.group', n,
                 to_timestamp(1750000000 + n), now(), '{"name":"' || n || '"}'
            FROM generate_series(1, :rows) AS n
          """,
          """
          INSERT INTO asset (tenant_id, id, kind, reference, scale, lots, created_at, updated_at,
                             detail)
          SELECT :tenant, (lpad(to_hex(x'01c0000000007000'::bigint + n), 16, '0')
                            || '8000000000000000')::uuid, 'scrip.asset', n, 2, false,
                 to_timestamp(1750000000 + n), now(), '{"name":"' || n || '"}'
            FROM generate_series(1, :rows) AS n
          """,
          """
          INSERT INTO isometric_batch_origin (tenant_id, id, issuance_id, project_id, supplier_id,
                                              removal_id, issued_at, sequestered_on,
                                              country_of_issue, serial_prefix, serial_from,
                                              kilograms, ccp_approved, buffer)
          SELECT :tenant, id, id, project_id, supplier_id, id, issued_at, '2025-01-01', 'GBR', 's',
                 0, 5, false, false
            FROM isometric_issuance WHERE tenant_id = :tenant AND reference::int <= :few + 1
          """,
          batches(9, 0x01a0_0000_0000_7000L, "n <= :few"),
          batches(10, 0x01b0_0000_0000_7000L, "true"),
          """
          INSERT INTO holder (tenant_id, id, kind, reference, status, created_at, updated_at, detail)
          SELECT :tenant, made.id, 'corebanq.ledger', n, CASE WHEN n = 5 THEN 1 ELSE 0 END,
                 to_timestamp(1750000000 + n), now(),
                 json_build_object(
                   'type', CASE WHEN n <= :few THEN 'income' ELSE 'asset' END,
                   'currency_code', CASE WHEN n = 3 OR n % 2 = 0 AND n <= 2 * :few THEN 'USD'
                                         ELSE 'EUR' END,
                   'parent', CASE WHEN n % 2 = 1 THEN NULL WHEN n <= 2 * :few THEN ':rare'
                                  ELSE ':common' END)::text
            FROM (SELECT n, (lpad(to_hex(x'01a0000000007000'::bigint + n), 16, '0')
                              || '8000000000000000')::uuid AS id
                    FROM generate_series(1, :rows) AS n) made
          """
              .replace(":rare", ledger(3).toString())
              .replace(":common", ledger(1).toString()));

  /**
   * Batches in one account: of each of the oldest issuances one, and all others of the next, though
   * each from a moment of its own.
   *
   * @param first the id before those of the batches
   * @param retired which are, for holder 1, by their number n
   */
  private static String batches(int account, long first, String retired) {
    return """
    INSERT INTO lot (tenant_id, id, account_id, amount, remaining, status, created_at, origin_id,
                     serial_from, issuer_id, register_id, produced_on, delivered_by,
                     delivered_under, retired_by, retired_for)
    SELECT :tenant, made.id, '%1$s', 5, CASE WHEN used THEN 0 ELSE 5 END,
           CASE WHEN used THEN 2 ELSE 0 END, to_timestamp(1750000000 + made.n), made.origin,
           0, made.of, made.of, '2025-01-01', made.delivery, made.of,
           CASE WHEN used THEN made.by END, CASE WHEN used THEN '%2$s'::uuid END
      FROM (SELECT n, %6$s AS used,
                   (lpad(to_hex(%7$d + n), 16, '0') || '8000000000000000')::uuid AS id,
                   CASE WHEN n <= :few THEN %8$s ELSE '%5$s'::uuid END AS origin,
                   (CASE WHEN n <= :few THEN '%3$s' ELSE '%2$s' END)::uuid AS of,
                   (CASE WHEN n <= :few THEN '%9$s' ELSE '%4$s' END)::uuid AS delivery,
                   (lpad(to_hex(x'0190000000007000'::bigint + 8 * n + 3), 16, '0')
                     || '8000000000000000')::uuid AS by
              FROM generate_series(1, :rows) AS n) AS made
    """
        .formatted(
            id(account), id(1), id(2), delivery(1), id(FEW + 1), retired, first, ID, delivery(2));
  }

  /**
   * Transfers of one kind. The oldest are between accounts 3 and 4, and as many after them were
   * refused.
   *
   * @param offset of the ids, so that those of several kinds alternate
   * @param detail an expression for the text of each
   */
  private static String transfers(String kind, int offset, String detail) {
    return """
    INSERT INTO transfer (tenant_id, status, created_at, id, debit_account, credit_account,
                          debit_sequence, credit_sequence, amount, debit_balance,
                          credit_balance, kind, detail)
    SELECT :tenant, made.status, to_timestamp(1750000000 + made.i),
           (lpad(to_hex(x'0190000000007000'::bigint + 8 * made.i + %1$d), 16, '0')
             || '8000000000000000')::uuid,
           4 * %1$d + made.debit, 4 * %1$d + made.debit + 1, made.sequence, made.sequence,
               made.amount, made.amount,
           made.amount, '%2$s', %3$s
      FROM (SELECT i, CASE WHEN i BETWEEN :few + 1 AND 2 * :few THEN 1 ELSE 0 END AS status,
                   CASE WHEN i <= :few THEN 3 ELSE 1 END AS debit,
                   CASE WHEN i NOT BETWEEN :few + 1 AND 2 * :few THEN i + %1$d * :rows END
                     AS sequence,
                   CASE WHEN i NOT BETWEEN :few + 1 AND 2 * :few THEN 5 END AS amount
              FROM generate_series(1, :rows) AS i) AS made
    """
        .formatted(offset, kind, detail);
  }
}
