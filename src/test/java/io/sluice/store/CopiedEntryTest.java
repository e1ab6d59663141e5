package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.seal.Hash;
import io.sluice.store.seal.EntrySql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a row's columns is what PostgreSQL makes of them. */
class CopiedEntryTest extends PgStoreTest {
  private static final List<String> OTHERS =
      List.of(
          "'created_at', '2026-03-01T10:00:00Z'",
          "'created_at', '2024-02-29T12:30:00.000001Z'",
          "'created_at', '1969-12-31T23:59:59.999999Z'",
          "'created_at', '0001-01-01T00:00:00Z'",
          "'created_at', '9999-12-31T23:59:59.999999Z'",
          "'status', 7",
          "'credential', NULL",
          "'credential', -5",
          "'credential', 2147483647",
          "'key', NULL",
          "'fingerprint', 'ffffffff-0000-4000-8000-00000000000a'",
          "'debit_account', 123456789012",
          "'credit_account', NULL",
          "'debit_sequence', NULL",
          "'credit_sequence', 9223372036854775807",
          "'credit_sequence', -9223372036854775808",
          "'amount', 9999",
          "'amount', 10000",
          "'amount', 10001",
          "'amount', 120000000",
          "'amount', -3",
          "'amount', 0",
          "'amount', NULL",
          "'debit_balance', -10000000000000000000000000000000000000",
          "'debit_balance', -12345678901234567890123456789012345678",
          "'credit_balance', 0",
          "'credit_balance', NULL",
          "'kind', ''",
          "'kind', 'zahlung \u00fc'",
          "'detail', ''",
          "'detail', E'{\"a\":\"\u20ac \uD83D\uDE00\\n\"}\\n'",
          "'detail', repeat('x', 5000)",
          "'debit_account', NULL, 'credit_account', NULL, 'debit_sequence', NULL,"
              + " 'credit_sequence', NULL, 'amount', NULL, 'debit_balance', NULL,"
              + " 'credit_balance', NULL");

  /** What the rest of the books cannot hold either: PostgreSQL is asked. */
  private static final List<String> BEYOND =
      List.of(
          "'amount', 'NaN'",
          "'credit_balance', 'NaN'",
          "'created_at', 'infinity'",
          "'created_at', '-infinity'",
          "'created_at', '10000-01-01T00:00:00Z'",
          "'created_at', '0001-12-31T23:59:59Z BC'");

  private WholeBooks books;

  @BeforeEach
  void write() {
    books = new WholeBooks(test, 1);
    test.execute(
        """
        DO $$
        DECLARE found record;
        BEGIN
          FOR found IN SELECT conname FROM pg_constraint
                        WHERE contype = 'c' AND conrelid = 'transfer'::regclass LOOP
            EXECUTE format('ALTER TABLE transfer DROP CONSTRAINT %I', found.conname);
          END LOOP;
        END $$;
        DROP INDEX transfer_key; DROP INDEX transfer_debit; DROP INDEX transfer_credit
        """);
  }

  /** A copy of the refund in which some columns are other ones. */
  private UUID add(String columns) {
    UUID id = UUID.randomUUID();
    test.execute(
        "INSERT INTO transfer SELECT (jsonb_populate_record(t, jsonb_build_object('id', '%s', %s)))"
                .formatted(id, columns)
            + ".* FROM transfer t WHERE "
            + Corruption.is(books.refund));
    return id;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isThatOfPostgresql(boolean lookUp) throws SQLException {
    // Given
    OTHERS.forEach(this::add);

    // When
    Map<UUID, Optional<Hash>> copied = copied(lookUp);

    // Then
    assertThat(copied).isEqualTo(stored()).hasSizeGreaterThan(OTHERS.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesWhatNobodyCouldHaveSealedToPostgresql(boolean lookUp) throws SQLException {
    // Given
    List<UUID> beyond = BEYOND.stream().map(this::add).toList();

    // When
    Map<UUID, Optional<Hash>> copied = copied(lookUp);

    // Then
    assertThat(beyond).allSatisfy(id -> assertThat(copied.get(id)).isEmpty());
  }

  private Map<UUID, Optional<Hash>> copied(boolean lookUp) throws SQLException {
    var copied = new HashMap<UUID, Optional<Hash>>();
    try (SnapshotSession session = SnapshotSession.open(test.database(), Optional.empty());
        var accounts = new AccountIds(count("account"))) {
      session.copy(
          "SELECT number, id FROM account",
          row -> accounts.put(row.bigint(0), row.high(1), row.low(1)));
      var entry = new CopiedEntry(1, lookUp ? Optional.empty() : Optional.of(accounts));
      session.copy(
          CopiedEntry.select(1, "$id IS NOT NULL", true, lookUp),
          row ->
              copied.put(
                  new UUID(CopiedEntry.high(row), CopiedEntry.low(row)), entry.content(row)));
    }
    return copied;
  }

  private Map<UUID, Optional<Hash>> stored() {
    var stored = new HashMap<UUID, Optional<Hash>>();
    String sql =
        "SELECT t.id, " + EntrySql.CONTENT.replace("$1", "1") + " AS content FROM transfer t";
    await(pool.query(sql).execute())
        .forEach(
            row ->
                stored.put(
                    row.getUUID("id"), Optional.of(Hash.of(row.getBuffer("content").getBytes()))));
    return stored;
  }

  private long count(String table) {
    return await(pool.query("SELECT count(*) FROM " + table).execute())
        .iterator()
        .next()
        .getLong(0);
  }
}
