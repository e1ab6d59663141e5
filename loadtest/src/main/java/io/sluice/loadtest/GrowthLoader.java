package io.sluice.loadtest;

import io.sluice.ledger.AccountRef;
import io.sluice.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Writes {@link GrowthBooks} into a database that holds one ledger of the tenant, which the new
 * ones are modelled on. Two sessions, COPY, and no write-ahead log for transfers and postings where
 * the server has {@code wal_level=minimal}: their tables are emptied in the same transaction, so
 * that PostgreSQL flushes them at its end instead. Their indexes are built afterwards.
 */
final class GrowthLoader {
  private static final String HOLDERS =
      "holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)";
  private static final String ACCOUNTS =
      "account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor, balance,"
          + " overdrawn, sequence, updated_at)";
  private static final String TRANSFERS =
      "transfer (tenant_id, id, kind, status, created_at, key, fingerprint, detail, account_ids,"
          + " sequences)";
  private static final String POSTINGS =
      "posting (tenant_id, account_id, sequence, transfer_id, amount, balance)";
  private static final long FLOOR = -1_000_000_000_000L;

  /** Microseconds from PostgreSQL's epoch to a moment of 2023. */
  private static final long FIRST_MICROS = 753_400_000_000_000L;

  private static final long MICROS_A_TRANSFER = 250;
  private static final int FINGERPRINT_BYTES = 32;

  /**
   * How full a B-tree is that has grown by keys in random order. A fresh one is fuller, which would
   * flatter the reads and then make every second insert split a page.
   */
  private static final int GROWN_FILL_PERCENT = 70;

  private final Database database;
  private final GrowthBooks books;
  private final byte[] kind;
  private final byte[] detail;
  private final long[] accountIds;

  /**
   * Makes the ids of all accounts.
   *
   * @param model the ledger that the new ones are like
   */
  GrowthLoader(Database database, GrowthBooks books, UUID model) throws SQLException {
    this.database = database;
    this.books = books;
    String[] row = row(database, "SELECT kind, detail FROM holder WHERE id = '" + model + "'");
    kind = row[0].getBytes(StandardCharsets.UTF_8);
    detail = row[1].getBytes(StandardCharsets.UTF_8);
    accountIds = new long[2 * books.accounts()];
    IntStream.range(0, books.accounts())
        .parallel()
        .forEach(
            number -> {
              UUID id = books.account(number).id().value();
              accountIds[2 * number] = id.getMostSignificantBits();
              accountIds[2 * number + 1] = id.getLeastSignificantBits();
            });
  }

  /** The first row's columns as text. */
  static String[] row(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      String[] columns = new String[row.getMetaData().getColumnCount()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = row.getString(i + 1);
      }
      return columns;
    }
  }

  static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Step {
    void run(Connection connection) throws SQLException;
  }

  /** Writes everything; afterwards nothing is left for a vacuum or a checkpoint to do. */
  void load() throws Exception {
    Indexes indexes = dropIndexes();
    inParallel(
        List.of(
            connection -> {
              emptied(connection, "transfer", this::transfers);
              trusting(connection, this::accounts);
            },
            connection -> {
              emptied(connection, "posting", this::postings);
              trusting(connection, this::holders);
            }));
    inParallel(
        List.of(
            connection -> execute(connection, indexes.ofPostings()),
            connection -> execute(connection, indexes.ofTransfers())));
    inParallel(List.of(connection -> execute(connection, List.of("VACUUM ANALYZE", "CHECKPOINT"))));
  }

  private void inParallel(List<Step> steps) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(steps.size())) {
      var running = new ArrayList<Future<Void>>();
      for (Step step : steps) {
        running.add(
            threads.submit(
                () -> {
                  try (Connection connection = database.dataSource().getConnection()) {
                    step.run(connection);
                  }
                  return null;
                }));
      }
      for (Future<Void> each : running) {
        each.get();
      }
    }
  }

  private static void execute(Connection connection, List<String> sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET maintenance_work_mem = '1GB'");
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  /** The statements that make the indexes again. */
  private record Indexes(List<String> ofPostings, List<String> ofTransfers) {}

  private Indexes dropIndexes() throws SQLException {
    String fill = " WITH (fillfactor = " + GROWN_FILL_PERCENT + ")";
    String key = row(database, "SELECT pg_get_indexdef('transfer_key'::regclass)")[0];
    var indexes =
        new Indexes(
            List.of(
                "ALTER TABLE posting ADD " + primaryKey("posting") + fill,
                "ALTER INDEX posting_pkey RESET (fillfactor)"),
            List.of(
                // Ids grow with time: its pages are filled one after the other anyway.
                "ALTER TABLE transfer ADD " + primaryKey("transfer"),
                key.replace(" WHERE ", fill + " WHERE "),
                "ALTER INDEX transfer_key RESET (fillfactor)"));
    try (Connection connection = database.dataSource().getConnection()) {
      execute(
          connection,
          List.of(
              "ALTER TABLE posting DROP CONSTRAINT posting_pkey",
              "ALTER TABLE transfer DROP CONSTRAINT transfer_pkey",
              "DROP INDEX transfer_key"));
    }
    return indexes;
  }

  private String primaryKey(String table) throws SQLException {
    return row(
        database,
        "SELECT 'CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(oid)"
            + " FROM pg_constraint WHERE contype = 'p' AND conrelid = '%s'::regclass"
                .formatted(table))[0];
  }

  private static void emptied(Connection connection, String table, Step fill) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE " + table);
    }
    fill.run(connection);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void transfers(Connection connection) throws SQLException {
    byte[] transferKind = "loadtest.transfer".getBytes(StandardCharsets.UTF_8);
    byte[] note = "{\"description\":\"load\"}".getBytes(StandardCharsets.UTF_8);
    byte[] fingerprint = new byte[FINGERPRINT_BYTES];
    try (var copy = new BinaryCopy(connection, TRANSFERS, ", FREEZE")) {
      long number = 0;
      for (int turn = 0; turn < books.turns(); turn++) {
        for (int i = 0; i < books.transfersATurn(); i++, number++) {
          int source = 2 * books.source(turn, i);
          int destination = 2 * books.destination(turn, i);
          long key = GrowthBooks.random(number);
          copy.row(10)
              .integer(books.tenant().value())
              .uuid(GrowthBooks.timeOrdered(number), GrowthBooks.trailing(number))
              .bytes(transferKind)
              .smallint(0)
              .bigint(FIRST_MICROS + number * MICROS_A_TRANSFER)
              .uuid(key, GrowthBooks.random(key))
              .bytes(fingerprint)
              .bytes(note)
              .uuids(
                  accountIds[source],
                  accountIds[source + 1],
                  accountIds[destination],
                  accountIds[destination + 1])
              .bigints(turn + 1L, turn + 1L);
        }
      }
    }
  }

  private void postings(Connection connection) throws SQLException {
    try (var copy = new BinaryCopy(connection, POSTINGS, ", FREEZE")) {
      long number = 0;
      for (int turn = 0; turn < books.turns(); turn++) {
        long amount = GrowthBooks.amount(turn);
        for (int i = 0; i < books.transfersATurn(); i++, number++) {
          posting(copy, number, books.source(turn, i), turn, -amount);
          posting(copy, number, books.destination(turn, i), turn, amount);
        }
      }
    }
  }

  private void posting(BinaryCopy copy, long transfer, int account, int turn, long amount)
      throws SQLException {
    copy.row(6)
        .integer(books.tenant().value())
        .uuid(accountIds[2 * account], accountIds[2 * account + 1])
        .bigint(turn + 1L)
        .uuid(GrowthBooks.timeOrdered(transfer), GrowthBooks.trailing(transfer))
        .numeric(amount)
        .numeric(GrowthBooks.balance(account, turn));
  }

  /** What rows refer to will be there: nobody need look for it ten million times. */
  private static void trusting(Connection connection, Step fill) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
    }
    fill.run(connection);
  }

  private void holders(Connection connection) throws SQLException {
    try (var copy = new BinaryCopy(connection, HOLDERS, "")) {
      for (int i = 0; i < books.accounts(); i++) {
        copy.row(8)
            .integer(books.tenant().value())
            .uuid(books.holder(i).value())
            .bytes(kind)
            .bytes("growth-%09d".formatted(i).getBytes(StandardCharsets.US_ASCII))
            .smallint(0)
            .bytes(detail)
            .bigint(FIRST_MICROS)
            .bigint(FIRST_MICROS);
      }
    }
  }

  private void accounts(Connection connection) throws SQLException {
    try (var copy = new BinaryCopy(connection, ACCOUNTS, "")) {
      for (int i = 0; i < books.accounts(); i++) {
        AccountRef account = books.account(i);
        copy.row(12)
            .integer(books.tenant().value())
            .uuid(account.id().value())
            .uuid(account.holder().value())
            .uuid(account.asset().value())
            .smallint(account.bucket().code())
            .smallint(account.kind().code())
            .smallint(0)
            .numeric(FLOOR)
            .numeric(GrowthBooks.balance(i, books.turns() - 1))
            .numeric(0)
            .bigint(books.turns())
            .bigint(FIRST_MICROS);
      }
    }
  }
}
