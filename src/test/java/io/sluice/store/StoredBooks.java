package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.ledger.TransferId;
import io.sluice.testing.TestDatabase;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One tenant's whole books, written by plain SQL and so independent of the code that writes them in
 * production. Every transfer is one second later than the one before.
 */
final class StoredBooks {
  static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");

  private final Consumer<String> database;
  private final TenantId tenant;
  private final Ids ids = new TimeOrderedIds();
  private final Map<AccountId, BigInteger> balances = new HashMap<>();
  private final Map<AccountId, Long> sequences = new HashMap<>();
  private int transfers;

  /** One line of a transfer to be. */
  record Line(AccountRef account, BigInteger amount) {}

  /** A line as it was posted; {@code number} is SQL that gives the account's. */
  private record Made(Line line, String number, long sequence, BigInteger balance) {}

  StoredBooks(TestDatabase test, int tenant) {
    this(test::execute, tenant);
  }

  /**
   * Books whose statements go elsewhere.
   *
   * @param database takes each statement in turn
   */
  StoredBooks(Consumer<String> database, int tenant) {
    this.database = database;
    this.tenant = new TenantId(tenant);
    run("INSERT INTO tenant (id, name) VALUES (%d, 'tenant %d')", tenant, tenant);
  }

  static Line line(AccountRef account, long amount) {
    return new Line(account, BigInteger.valueOf(amount));
  }

  TenantId tenant() {
    return tenant;
  }

  /** When the latest transfer happened. */
  Instant now() {
    return START.plusSeconds(transfers);
  }

  AssetId asset(boolean lots) {
    UUID id = ids.next();
    run(
        "INSERT INTO asset VALUES (%d, '%s', 'test.asset', '%s', 2, %b, 0, '{}', '%s', '%s')",
        tenant.value(), id, id, lots, START, START);
    return new AssetId(id);
  }

  HolderId holder() {
    UUID id = ids.next();
    run(
        "INSERT INTO holder VALUES (%d, '%s', 'test.holder', '%s', 0, '{}', '%s', '%s')",
        tenant.value(), id, id, START, START);
    return new HolderId(id);
  }

  /** A new holder's account, with a floor of zero. */
  AccountRef account(AccountKind kind, AssetId asset) {
    return account(holder(), kind, asset, Bucket.AVAILABLE);
  }

  AccountRef account(HolderId holder, AccountKind kind, AssetId asset, Bucket bucket) {
    AccountRef ref = AccountRef.of(holder, asset, bucket, kind);
    run(
        "INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor,"
            + " updated_at) VALUES (%d, '%s', '%s', '%s', %d, %d, 0, %s, '%s')",
        tenant.value(),
        ref.id().value(),
        holder.value(),
        asset.value(),
        bucket.code(),
        kind.code(),
        kind == AccountKind.SYSTEM ? "NULL" : "0",
        START);
    return ref;
  }

  /** A posted transfer of kind {@code test.transfer}. */
  TransferId post(Line... lines) {
    return post("test.transfer", lines);
  }

  TransferId post(String kind, Line... lines) {
    transfers++;
    UUID id = ids.next();
    List<Made> made = Stream.of(lines).map(this::make).toList();
    boolean pair = made.size() == 2 && lines[0].amount().signum() < 0;
    if (pair) {
      Made debit = made.getFirst();
      Made credit = made.getLast();
      insertTransfer(
          id,
          kind,
          0,
          "debit_account, credit_account, debit_sequence, credit_sequence, amount, debit_balance,"
              + " credit_balance",
          "%s, %s, %d, %d, %s, %s, %s"
              .formatted(
                  debit.number(),
                  credit.number(),
                  debit.sequence(),
                  credit.sequence(),
                  credit.line().amount(),
                  debit.balance(),
                  credit.balance()));
    } else {
      made.forEach(each -> insertPosting(id, each));
      List<String> sequences = made.stream().map(each -> Long.toString(each.sequence())).toList();
      insertTransfer(
          id,
          kind,
          0,
          "accounts, sequences",
          array(made.stream().map(Made::number).toList()) + ", " + array(sequences));
    }
    return new TransferId(id);
  }

  /** A transfer that was refused and recorded. */
  TransferId refuse(Line... lines) {
    return refuse("test.transfer", lines);
  }

  TransferId refuse(String kind, Line... lines) {
    transfers++;
    UUID id = ids.next();
    List<String> numbers = Stream.of(lines).map(line -> number(line.account())).toList();
    if (numbers.size() == 2) {
      String values = String.join(", ", numbers);
      insertTransfer(id, kind, 1, "debit_account, credit_account", values);
    } else {
      insertTransfer(id, kind, 1, "accounts, sequences", array(numbers) + ", '{}'::bigint[]");
    }
    return new TransferId(id);
  }

  /** A new lot of an issue with serial numbers from 1000. */
  LotId issue(AccountRef system, AccountRef owner, long amount, UUID origin) {
    TransferId transfer = post("test.issue", line(system, -amount), line(owner, amount));
    LotId lot = lot(owner, amount, amount);
    run(
        "UPDATE lot SET issuer_id = '%1$s', register_id = '%1$s', origin_id = '%2$s', serial_from ="
            + " 1000, produced_on = '2025-06-01' WHERE id = '%3$s'",
        system.holder().value(), origin, lot.value());
    movement(transfer, lot, owner, amount);
    return lot;
  }

  /** A whole lot changes hands. */
  TransferId moveWhole(LotId lot, AccountRef from, AccountRef to, long amount) {
    TransferId transfer = post(line(from, -amount), line(to, amount));
    run("UPDATE lot SET account_id = '%s' WHERE id = '%s'", to.id().value(), lot.value());
    movement(transfer, lot, from, -amount);
    movement(transfer, lot, to, amount);
    return transfer;
  }

  /** A part of an issued lot changes hands; returns the child that moved. */
  LotId moveSplit(LotId lot, AccountRef from, AccountRef to, long size, long part) {
    TransferId transfer = post(line(from, -part), line(to, part));
    LotId left = child(lot, to, part, 0);
    LotId right = child(lot, from, size - part, part);
    run(
        "UPDATE lot SET status = 1, remaining = 0, left_child_id = '%s', right_child_id = '%s'"
            + " WHERE id = '%s'",
        left.value(), right.value(), lot.value());
    movement(transfer, lot, from, -size);
    movement(transfer, left, to, part);
    movement(transfer, right, from, size - part);
    return left;
  }

  /** Pays from a lot, and past it where it holds too little; returns the recipient's fresh lot. */
  LotId spend(LotId lot, long fromLot, AccountRef from, AccountRef to, long amount) {
    overdraw(from, amount - fromLot);
    TransferId transfer = post(line(from, -amount), line(to, amount));
    run("UPDATE lot SET remaining = remaining - %d WHERE id = '%s'", fromLot, lot.value());
    movement(transfer, lot, from, -fromLot);
    LotId fresh = lot(to, amount, amount);
    movement(transfer, fresh, to, amount);
    return fresh;
  }

  /** Credits a lot-tracking account that is overdrawn; returns the fresh lot. */
  LotId repay(AccountRef system, AccountRef to, long repaid, long amount) {
    TransferId transfer = post(line(system, -amount), line(to, amount));
    overdraw(to, -repaid);
    LotId fresh = lot(to, amount, amount - repaid);
    movement(transfer, fresh, to, amount - repaid);
    return fresh;
  }

  void expire(LotId lot, Instant at) {
    run("UPDATE lot SET expires_at = '%s' WHERE id = '%s'", at, lot.value());
  }

  private LotId child(LotId parent, AccountRef owner, long amount, long serialOffset) {
    LotId id = lot(owner, amount, amount);
    run(
        "UPDATE lot child SET parent_id = p.id, issuer_id = p.issuer_id,"
            + " register_id = p.register_id, origin_id = p.origin_id,"
            + " serial_from = p.serial_from + %d, produced_on = p.produced_on FROM lot p"
            + " WHERE child.id = '%s' AND p.id = '%s'",
        serialOffset, id.value(), parent.value());
    return id;
  }

  private LotId lot(AccountRef owner, long amount, long remaining) {
    UUID id = ids.next();
    run(
        "INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at)"
            + " VALUES (%d, '%s', '%s', %d, %d, '%s')",
        tenant.value(), id, owner.id().value(), amount, remaining, now());
    return new LotId(id);
  }

  private void movement(TransferId transfer, LotId lot, AccountRef account, long amount) {
    run(
        "INSERT INTO lot_movement VALUES (%d, '%s', '%s', '%s', %d)",
        tenant.value(), transfer.value(), lot.value(), account.id().value(), amount);
  }

  private void overdraw(AccountRef account, long more) {
    run(
        "UPDATE account SET overdrawn = overdrawn + %d WHERE id = '%s'",
        more, account.id().value());
  }

  private Made make(Line line) {
    AccountId account = line.account().id();
    BigInteger balance = balances.merge(account, line.amount(), BigInteger::add);
    long sequence = sequences.merge(account, 1L, Long::sum);
    run(
        "UPDATE account SET balance = %s, sequence = %d, updated_at = '%s',"
            + " overdrawn = CASE kind WHEN 0 THEN greatest(0, -(%s)) ELSE overdrawn END"
            + " WHERE tenant_id = %d AND id = '%s'",
        balance, sequence, now(), balance, tenant.value(), account.value());
    return new Made(line, number(line.account()), sequence, balance);
  }

  /** PostgreSQL gives an account its number; what names the account asks for it. */
  private String number(AccountRef account) {
    return "(SELECT number FROM account WHERE tenant_id = %d AND id = '%s')"
        .formatted(tenant.value(), account.id().value());
  }

  private static String array(List<String> values) {
    return "ARRAY[" + String.join(", ", values) + "]::bigint[]";
  }

  private void insertPosting(UUID transfer, Made made) {
    run(
        "INSERT INTO listed_posting VALUES (%d, %s, %d, '%s', %s, %s)",
        tenant.value(),
        made.number(),
        made.sequence(),
        transfer,
        made.line().amount(),
        made.balance());
  }

  private void insertTransfer(UUID id, String kind, int status, String columns, String values) {
    run(
        "INSERT INTO transfer (tenant_id, id, kind, status, created_at, key, fingerprint, detail,"
            + " %s) VALUES (%d, '%s', '%s', %d, '%s', '%s', '%s', '{\"number\":%d}', %s)",
        columns, tenant.value(), id, kind, status, now(), key(transfers), id, transfers, values);
  }

  /** The idempotency key digest of the tenant's n-th transfer. */
  static UUID key(int number) {
    return new UUID(0, number);
  }

  private void run(String sql, Object... values) {
    database.accept(String.format(sql, values));
  }
}
