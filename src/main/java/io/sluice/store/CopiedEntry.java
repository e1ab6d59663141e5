package io.sluice.store;

import io.sluice.seal.Hash;
import io.sluice.store.seal.EntryBytes;
import io.sluice.store.seal.EntrySql;
import java.util.Optional;

/**
 * The entries of transfers, made of their columns as COPY sends them: it takes a small part of the
 * time that PostgreSQL takes to make the text. What lists its postings or moves lots comes with the
 * hash that PostgreSQL made. For one thread only.
 */
final class CopiedEntry {
  private static final int ID = 0;
  private static final int MADE = 1;
  private static final int CREATED_AT = 2;
  private static final int STATUS = 3;
  private static final int CREDENTIAL = 4;
  private static final int KEY = 5;
  private static final int FINGERPRINT = 6;
  private static final int DEBIT_ACCOUNT = 7;
  private static final int CREDIT_ACCOUNT = 8;
  private static final int DEBIT_SEQUENCE = 9;
  private static final int CREDIT_SEQUENCE = 10;
  private static final int AMOUNT = 11;
  private static final int DEBIT_BALANCE = 12;
  private static final int CREDIT_BALANCE = 13;
  private static final int KIND = 14;
  private static final int DETAIL = 15;
  private static final int DEBIT_ID = 16;
  private static final int CREDIT_ID = 17;

  /** PostgreSQL counts time from 2000. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final String SELECT =
      """
      SELECT t.id,
             CASE WHEN t.accounts IS NOT NULL OR t.sequences IS NOT NULL%s THEN %s END,
             t.created_at, t.status, t.credential, t.key, t.fingerprint, t.debit_account,
             t.credit_account, t.debit_sequence, t.credit_sequence, t.amount, t.debit_balance,
             t.credit_balance, t.kind, t.detail%s
        FROM transfer t
       WHERE t.tenant_id = $1 AND %s
      """;

  /** Looked up once for all of them, and not for each. */
  private static final String MOVES_LOTS =
      " OR t.id IN (SELECT m.transfer_id FROM lot_movement m WHERE m.tenant_id = $1 AND %s)";

  private static final String AN_ID =
      ", (SELECT a.id FROM account a WHERE a.tenant_id = $1 AND a.number = t.%s)";

  private final int tenant;
  private final Optional<AccountIds> accounts;
  private final EntryBytes entry = new EntryBytes();

  /**
   * Those of one tenant.
   *
   * @param accounts empty where PostgreSQL looks them up
   */
  CopiedEntry(int tenant, Optional<AccountIds> accounts) {
    this.tenant = tenant;
    this.accounts = accounts;
  }

  /**
   * Selects what is needed of transfers of a tenant.
   *
   * @param which the condition, in which {@code $id} stands for a transfer's id
   * @param lots whether the tenant has lots that were moved
   * @param lookUp whether PostgreSQL looks accounts up
   */
  static String select(int tenant, String which, boolean lots, boolean lookUp) {
    String ids = lookUp ? AN_ID.formatted("debit_account") + AN_ID.formatted("credit_account") : "";
    return SELECT
        .formatted(
            lots ? MOVES_LOTS.formatted(which.replace("$id", "m.transfer_id")) : "",
            EntrySql.CONTENT,
            ids,
            which.replace("$id", "t.id"))
        .replace("$1", Integer.toString(tenant));
  }

  /** The leading half of the transfer's id. */
  static long high(CopiedRow row) {
    return row.high(ID);
  }

  /** The trailing half. */
  static long low(CopiedRow row) {
    return row.low(ID);
  }

  /** The hash of what the entry says; empty where only PostgreSQL can tell. */
  Optional<Hash> content(CopiedRow row) {
    if (!row.isNull(MADE)) {
      return Optional.of(Hash.at(row.data(), row.offset(MADE), row.length(MADE)));
    }
    return write(row) ? Optional.of(entry.hash()) : Optional.empty();
  }

  private boolean write(CopiedRow row) {
    if (row.isNull(CREATED_AT) || row.isNull(STATUS) || row.isNull(KIND) || row.isNull(DETAIL)) {
      return false;
    }
    long created = row.bigint(CREATED_AT) + EPOCH_MICROS;
    if (!EntryBytes.canTell(created)) {
      return false;
    }
    entry.begin(tenant).uuid(row.high(ID), row.low(ID));
    entry.kind(row.data(), row.offset(KIND), row.length(KIND)).status(row.smallint(STATUS));
    entry.createdAt(created).credential();
    if (row.isNull(CREDENTIAL)) {
      entry.none();
    } else {
      entry.number(row.integer(CREDENTIAL));
    }
    entry.key();
    uuid(row, KEY);
    entry.fingerprint();
    uuid(row, FINGERPRINT);
    if (!writePostings(row)) {
      return false;
    }
    entry.detail(row.data(), row.offset(DETAIL), row.length(DETAIL));
    return true;
  }

  private boolean writePostings(CopiedRow row) {
    boolean some = false;
    for (int column = DEBIT_ACCOUNT; column <= CREDIT_BALANCE; column++) {
      some |= !row.isNull(column);
    }
    return !some
        || line(row, true, DEBIT_ACCOUNT, DEBIT_SEQUENCE, DEBIT_BALANCE, DEBIT_ID)
            && line(row, false, CREDIT_ACCOUNT, CREDIT_SEQUENCE, CREDIT_BALANCE, CREDIT_ID);
  }

  private boolean line(
      CopiedRow row, boolean debit, int account, int sequence, int balance, int id) {
    if (debit) {
      entry.debit();
    } else {
      entry.credit();
    }
    account(row, account, id);
    entry.next();
    if (row.isNull(sequence)) {
      entry.none();
    } else {
      entry.number(row.bigint(sequence));
    }
    entry.next();
    if (!number(row, AMOUNT, debit)) {
      return false;
    }
    entry.next();
    return number(row, balance, false);
  }

  private boolean number(CopiedRow row, int column, boolean negated) {
    if (row.isNull(column)) {
      entry.none();
      return true;
    }
    return row.writeNumber(column, negated, entry);
  }

  private void uuid(CopiedRow row, int column) {
    if (row.isNull(column)) {
      entry.none();
    } else {
      entry.uuid(row.high(column), row.low(column));
    }
  }

  private void account(CopiedRow row, int column, int id) {
    if (row.isNull(column)) {
      entry.none();
      return;
    }
    long number = row.bigint(column);
    if (accounts.isPresent()) {
      AccountIds ids = accounts.get();
      long at = ids.find(number);
      if (ids.isThere(at)) {
        entry.uuid(ids.high(at), ids.low(at));
        return;
      }
    } else if (!row.isNull(id)) {
      uuid(row, id);
      return;
    }
    entry.numbered(number);
  }
}
