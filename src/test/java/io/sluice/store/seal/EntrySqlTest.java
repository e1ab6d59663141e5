package io.sluice.store.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.TransferCommand;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Whatever is stored of a transfer is part of its entry: also what somebody will add one day. */
@TestInstance(Lifecycle.PER_CLASS)
class EntrySqlTest {
  private static final String PLAIN = "t.accounts IS NULL";
  private static final String LISTING = "t.accounts IS NOT NULL";

  /** Which other value a column of this type may take. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "int2", "1 - coalesce(%s, 0)",
          "int4", "coalesce(%s, 0) + 1",
          "int8", "coalesce(%s, 0) + 1000000",
          "numeric", "coalesce(%s, 0) + 1",
          "timestamptz", "%s + interval '1 microsecond'",
          "uuid", "gen_random_uuid()",
          "text", "%s || 'x'",
          "_int8", "coalesce(%s, ARRAY[]::bigint[]) || 1::bigint");

  private final LedgerFixture ledger = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = ledger.testDatabase().rawPool(vertx);

  @BeforeAll
  void write() {
    AssetId asset = ledger.asset(false);
    AccountRef mint = ledger.account(asset, AccountKind.SYSTEM);
    AccountRef one = ledger.account(asset, AccountKind.SIMPLE);
    AccountRef two = ledger.account(asset, AccountKind.SIMPLE);
    TransferCommand plain = ledger.command(Leg.of(mint, one, Amount.of(5)));
    ledger.submit(plain);
    ledger.submit(ledger.command(Leg.of(mint, one, Amount.of(1)), Leg.of(mint, two, Amount.of(2))));
    ledger
        .testDatabase()
        .execute(
            "INSERT INTO lot_movement SELECT tenant_id, id, gen_random_uuid(), gen_random_uuid(), 7"
                + " FROM transfer t WHERE "
                + PLAIN);
  }

  @AfterAll
  void close() {
    ledger.testDatabase().execute("DELETE FROM lot_movement");
    Await.result(vertx.close());
    ledger.close();
  }

  @Test
  void saysEveryColumnOfATransferThatCarriesItsPostings() {
    assertThat(unsaid("transfer", PLAIN)).isEmpty();
  }

  @Test
  void saysEveryColumnOfATransferThatListsThem() {
    assertThat(unsaid("transfer", LISTING)).isEmpty();
  }

  @Test
  void saysEveryColumnOfAListedPosting() {
    assertThat(unsaid("listed_posting", LISTING)).isEmpty();
  }

  @Test
  void saysEveryColumnOfALotMovement() {
    assertThat(unsaid("lot_movement", PLAIN)).isEmpty();
  }

  /** Whatever was known of the table when the plan was made. */
  @Test
  void findsEachListedPostingByItsKey() {
    // Given
    String sql =
        "EXPLAIN SELECT " + EntrySql.CONTENT.replace("$1", "t.tenant_id") + " FROM transfer t";

    // When
    var plan = Await.result(ledger.pools().seals().all(sql, row -> row.getString(0)));

    // Then
    assertThat(String.join("\n", plan))
        .contains("(account = l.account) AND (sequence = l.sequence)")
        .doesNotContain("Join Filter");
  }

  /** Columns that may change without a change of the entries. */
  private List<String> unsaid(String table, String which) {
    var unsaid = new ArrayList<String>();
    List<Row> columns =
        rows(
            "SELECT attname, typname FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid"
                + " WHERE attrelid = '"
                + table
                + "'::regclass AND attnum > 0 AND NOT attisdropped");
    assertThat(columns).isNotEmpty();
    for (Row column : columns) {
      String name = column.getString("attname");
      if (!changes(table, name, column.getString("typname"), which)) {
        unsaid.add(name);
      }
    }
    return unsaid;
  }

  private boolean changes(String table, String column, String type, String which) {
    List<String> before = entries(which);
    assertThat(before).as(which).isNotEmpty();
    assertThat(OTHERS).as(table + "." + column).containsKey(type);
    String other = OTHERS.get(type).formatted(column);
    String rows = table.equals("transfer") ? " WHERE " + which.replace("t.", "") : "";
    ledger.testDatabase().execute("CREATE TABLE kept AS SELECT * FROM " + table);
    dropChecks(table);
    ledger.testDatabase().execute("UPDATE " + table + " SET " + column + " = " + other + rows);
    List<String> after = entries(which);
    ledger
        .testDatabase()
        .execute(
            "DELETE FROM %1$s; INSERT INTO %1$s SELECT * FROM kept; DROP TABLE kept"
                .formatted(table));
    return !after.equals(before);
  }

  private void dropChecks(String table) {
    for (Row check :
        rows(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = '"
                + table
                + "'::regclass")) {
      ledger
          .testDatabase()
          .execute("ALTER TABLE " + table + " DROP CONSTRAINT " + check.getString("conname"));
    }
  }

  private List<String> entries(String which) {
    String sql =
        "SELECT " + EntrySql.ENTRY + " FROM transfer t WHERE t.tenant_id = $1 AND " + which;
    return rows(sql.replace("$1", Integer.toString(ledger.tenant().value()))).stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<Row> rows(String sql) {
    return StreamSupport.stream(Await.result(pool.query(sql).execute()).spliterator(), false)
        .toList();
  }
}
