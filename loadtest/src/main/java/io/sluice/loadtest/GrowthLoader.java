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

/**
 * Writes {@link GrowthBooks} into a database that holds one ledger of the tenant, which the new
 * ones are modelled on. Two sessions, COPY, and no write-ahead log for transfers where the server
 * has {@code wal_level=minimal}: their table is emptied in the same transaction, so that PostgreSQL
 * flushes it at its end instead. Its indexes are built afterwards.
 */
final class GrowthLoader {
  private static final String HOLDERS =
      "holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)";
  private static final String ACCOUNTS =
      "account (tenant_id, id, number, holder_id, asset_id, bucket, kind, status, floor, balance,"
          + " overdrawn, sequence, updated_at)";
  private static final String TRANSFERS =
      "transfer (tenant_id, status, created_at, id, key, fingerprint, debit_account,"
          + " credit_account, debit_sequence, credit_sequence, amount, debit_balance,"
          + " credit_balance, kind, detail)";

  private static final String TRANSFER_INDEX = "SELECT pg_get_indexdef('transfer_%s'::regclass)";

  /** What makes the primary key of its index, and new accounts and index pages be as ever. */
  private static final List<String> AFTERWARDS =
      List.of(
          "ALTER TABLE transfer ADD CONSTRAINT transfer_pkey PRIMARY KEY USING INDEX transfer_pkey",
          "ALTER INDEX transfer_key RESET (fillfactor)",
          "ALTER INDEX transfer_debit RESET (fillfactor)",
          "ALTER INDEX transfer_credit RESET (fillfactor)",
          "SELECT setval(pg_get_serial_sequence('account', 'number'), max(number)) FROM account",
          "VACUUM ANALYZE",
          "CHECKPOINT");

  private static final long FLOOR = -1_000_000_000_000L;

  /** Microseconds from PostgreSQL's epoch to a moment of 2023. */
  private static final long FIRST_MICROS = 753_400_000_000_000L;

  private static final long MICROS_A_TRANSFER = 250;

  /**
   * How full a B-tree is that has grown by keys in random order. A fresh one is fuller, which would
   * flatter the reads and then make every second insert split a page.
   */
  private static final int GROWN_FILL_PERCENT = 70;

  private final Database database;
  private final GrowthBooks books;
  private final byte[] kind;
  private final byte[] detail;

  /** The first that none of the accounts has which are there already. */
  private final long firstNumber;

  /**
   * Looks at what is there.
   *
   * @param model the ledger that the new ones are like
   */
  GrowthLoader(Database database, GrowthBooks books, UUID model) throws SQLException {
    this.database = database;
    this.books = books;
    String[] row = row(database, "SELECT kind, detail FROM holder WHERE id = '" + model + "'");
    kind = row[0].getBytes(StandardCharsets.UTF_8);
    detail = row[1].getBytes(StandardCharsets.UTF_8);
    firstNumber = Long.parseLong(row(database, "SELECT max(number) + 1 FROM account")[0]);
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
    List<String> indexes = dropIndexes();
    inParallel(
        List.of(
            connection -> emptied(connection, "transfer", this::transfers),
            connection -> {
              trusting(connection, this::holders);
              trusting(connection, this::accounts);
            }));
    inParallel(
        List.of(
            connection -> execute(connection, indexes.subList(0, 2)),
            connection -> execute(connection, indexes.subList(2, 4))));
    inParallel(List.of(connection -> execute(connection, AFTERWARDS)));
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

  /** The statements that make them again. */
  private List<String> dropIndexes() throws SQLException {
    List<String> again =
        List.of(
            // Ids grow with time: its pages are filled one after the other anyway.
            row(database, TRANSFER_INDEX.formatted("pkey"))[0],
            grown("key"),
            grown("debit"),
            grown("credit"));
    try (Connection connection = database.dataSource().getConnection()) {
      execute(
          connection,
          List.of(
              "ALTER TABLE transfer DROP CONSTRAINT transfer_pkey",
              "DROP INDEX transfer_key, transfer_debit, transfer_credit"));
    }
    return again;
  }

  private String grown(String index) throws SQLException {
    return row(database, TRANSFER_INDEX.formatted(index))[0].replace(
        " WHERE ", " WITH (fillfactor = " + GROWN_FILL_PERCENT + ") WHERE ");
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
    try (var copy = new BinaryCopy(connection, TRANSFERS, ", FREEZE")) {
      long number = 0;
      for (int turn = 0; turn < books.turns(); turn++) {
        for (int i = 0; i < books.transfersATurn(); i++, number++) {
          int source = books.source(turn, i);
          int destination = books.destination(turn, i);
          key(identified(copy.row(15), number), number)
              .bigint(firstNumber + source)
              .bigint(firstNumber + destination)
              .bigint(turn + 1L)
              .bigint(turn + 1L)
              .numeric(GrowthBooks.amount(turn))
              .numeric(GrowthBooks.balance(source, turn))
              .numeric(GrowthBooks.balance(destination, turn))
              .bytes(transferKind)
              .bytes(note);
        }
      }
    }
  }

  private BinaryCopy identified(BinaryCopy row, long number) {
    return row.integer(books.tenant().value())
        .smallint(0)
        .bigint(FIRST_MICROS + number * MICROS_A_TRANSFER)
        .uuid(GrowthBooks.timeOrdered(number), GrowthBooks.trailing(number));
  }

  /** A key and a fingerprint, which both look random. */
  private static BinaryCopy key(BinaryCopy row, long number) {
    long key = GrowthBooks.random(number);
    long fingerprint = GrowthBooks.random(~number);
    return row.uuid(key, GrowthBooks.random(key))
        .uuid(fingerprint, GrowthBooks.random(fingerprint));
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
        copy.row(13)
            .integer(books.tenant().value())
            .uuid(account.id().value())
            .bigint(firstNumber + i)
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
