package io.sluice.store;

import static io.sluice.store.StoredBooks.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.DatabaseLimits;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.store.Verifier.Finding;
import io.sluice.store.Verifier.Progress;
import io.sluice.store.Verifier.Report;
import io.sluice.store.VerifierStep.Division;
import io.sluice.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private final TestDatabase test = TestDatabase.create();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void findsEmptyBooksWhole() {
    // When
    Report report = verify();

    // Then
    assertThat(report.isWhole()).isTrue();
    assertThat(report.tenants()).isZero();
  }

  @Test
  void findsWholeBooksWhole() {
    // Given
    new WholeBooks(test, 1);
    new WholeBooks(test, 2);

    // When
    Report report = verify();

    // Then
    assertThat(report.findings()).isEmpty();
    assertThat(report.isWhole()).isTrue();
    assertThat(report.tenants()).isEqualTo(2);
    assertThat(report.rows())
        .containsEntry("transfer", 24L)
        .containsEntry("posting", 46L)
        .containsEntry("lot_movement", 24L);
  }

  @Test
  void reportsProgressBeforeEachStep() {
    // Given
    new WholeBooks(test, 1);
    new WholeBooks(test, 2);
    var said = new ArrayList<Progress>();

    // When
    Report report =
        Verifier.run(test.database(), new Division(2, 1_000, 1_000, true, 1 << 20), said::add);

    // Then
    assertThat(said).filteredOn(progress -> progress.steps() == 0).hasSize(7);
    said.removeIf(progress -> progress.steps() == 0);
    int steps = 2 * BookCheck.values().length;
    assertThat(said).hasSize(steps).allMatch(progress -> progress.steps() == steps);
    for (int i = 0; i < steps; i++) {
      assertThat(said.get(i).step()).isEqualTo(i + 1);
    }
    assertThat(said).extracting(Progress::elapsed).isSorted();
    assertThat(said).extracting(Progress::permille).isSorted().startsWith(0);
    assertThat(said.getFirst().left()).isEmpty();
    assertThat(said.getLast().permille()).isBetween(500, 1_000);
    assertThat(said.getLast().left()).isPresent();
    assertThat(said.getLast().tenant()).isEqualTo(2);
    // Two sessions begin the first two steps, either of them first.
    assertThat(said.subList(0, 2))
        .filteredOn(progress -> progress.what().equals("posting chains"))
        .extracting(Progress::rows)
        .containsExactly(23L);
    assertThat(report.elapsed()).isGreaterThanOrEqualTo(said.getLast().elapsed());
  }

  @Test
  void leavesOutWhatSumsOfHashesHaveShown() {
    // Given
    new WholeBooks(test, 1);

    // When
    List<String> made = checksOf(Report::isWhole);

    // Then: of several assets, and with transfers that list their postings
    assertThat(made)
        .contains(
            BookCheck.ACCOUNTS.title(),
            BookCheck.TRANSFER_KEYS.title(),
            BookCheck.TRANSFER_SUMS.title(),
            BookCheck.LISTED_SUMS.title())
        .doesNotContain(BookCheck.POSTING_CHAINS.title(), BookCheck.LATEST_POSTINGS.title());
  }

  @Test
  void leavesOutMoreWhereAllTransfersArePairsOfOneAsset() {
    // Given
    pairs(1);

    // When
    List<String> made = checksOf(Report::isWhole);

    // Then
    assertThat(made)
        .contains(BookCheck.ACCOUNTS.title(), BookCheck.TRANSFER_KEYS.title())
        .doesNotContain(
            BookCheck.POSTING_CHAINS.title(),
            BookCheck.LATEST_POSTINGS.title(),
            BookCheck.LISTED_POSTINGS.title(),
            BookCheck.TRANSFER_LISTINGS.title(),
            BookCheck.TRANSFER_SUMS.title(),
            BookCheck.LISTED_SUMS.title());
  }

  @Test
  void makesEveryCheckOfChainsThatDoNotHold() {
    // Given: a balance in the middle of a chain
    pairs(1);
    test.execute(
        "UPDATE transfer SET credit_balance = credit_balance + 1 WHERE credit_sequence = 1");

    // When
    List<String> made = checksOf(report -> !report.isWhole());

    // Then
    assertThat(made)
        .contains(Stream.of(BookCheck.values()).map(BookCheck::title).toArray(String[]::new));
  }

  private List<String> checksOf(Predicate<Report> expected) {
    var said = new ArrayList<Progress>();
    Report report =
        Verifier.run(test.database(), new Division(2, 1_000, 1_000, false, 1 << 20), said::add);
    assertThat(report).matches(expected);
    return said.stream().map(Progress::what).toList();
  }

  /**
   * Books of one asset, also of an amount that no whole number of PostgreSQL is wide enough for.
   */
  private void pairs(int tenant) {
    var statements = new StringJoiner("; ");
    var books = new StoredBooks(statements::add, tenant);
    AssetId money = books.asset(false);
    AccountRef system = books.account(AccountKind.SYSTEM, money);
    AccountRef receiver = books.account(AccountKind.SIMPLE, money);
    BigInteger large = BigInteger.TEN.pow(30);
    books.post(line(system, -100), line(receiver, 100));
    books.post(new StoredBooks.Line(system, large.negate()), new StoredBooks.Line(receiver, large));
    test.execute(statements.toString());
  }

  @Test
  void readsOneSnapshotWhateverHappensMeanwhile() {
    // Given
    new WholeBooks(test, 1);

    // When
    Report report =
        Verifier.run(
            test.database(),
            new Division(3, 5, 2, true, 1 << 20),
            progress -> {
              if (progress.step() == 2) {
                test.execute("DELETE FROM transfer");
              }
            });

    // Then
    assertThat(report.findings()).isEmpty();
    assertThat(verify().isWhole()).isFalse();
  }

  @Test
  void findsInPartsWhatItFindsAtOnce() {
    // Given
    var books = new StoredBooks(test, 1);
    AssetId asset = books.asset(false);
    AccountRef payer = books.account(AccountKind.SYSTEM, asset);
    AccountRef payee = books.account(AccountKind.SIMPLE, asset);
    AccountRef other = books.account(AccountKind.SIMPLE, asset);
    for (int i = 0; i < 5; i++) {
      books.post(line(payer, -3), line(payee, 1), line(other, 2));
    }
    test.execute("UPDATE listed_posting SET amount = amount + 1 WHERE amount = 2");
    Finding atOnce = unbalanced(verify());

    // When
    Finding inParts =
        unbalanced(
            Verifier.run(test.database(), new Division(1, 3, 3, true, 1 << 20), progress -> {}));

    // Then
    assertThat(inParts.violations()).isEqualTo(atOnce.violations()).isEqualTo(5);
    assertThat(inParts.examples()).containsExactlyInAnyOrderElementsOf(atOnce.examples());
  }

  private static Finding unbalanced(Report report) {
    return report.findings().stream()
        .filter(finding -> finding.invariant() == Invariant.TRANSFER_SUM)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countsEveryViolationAndShowsAFew() {
    // Given
    new WholeBooks(test, 1);
    test.execute(
        "UPDATE listed_posting SET balance = balance + sequence * 1000;"
            + " UPDATE transfer SET debit_balance = debit_balance + debit_sequence * 1000,"
            + " credit_balance = credit_balance + credit_sequence * 1000 WHERE amount < 1000");

    // When
    Report report = verify();

    // Then
    Finding finding =
        report.findings().stream()
            .filter(found -> found.invariant() == Invariant.RUNNING_BALANCE)
            .findFirst()
            .orElseThrow();
    assertThat(finding.violations()).isEqualTo(21);
    assertThat(finding.examples()).hasSize(Verifier.MAX_EXAMPLES).doesNotHaveDuplicates();
  }

  @Test
  void blamesTheTenantWhoseBooksAreBroken() {
    // Given
    new WholeBooks(test, 1);
    var broken = new WholeBooks(test, 2);
    test.execute("UPDATE holder SET status = 1 WHERE id = '" + broken.alice.holder().value() + "'");

    // When
    Report report = verify();

    // Then
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.tenant()).isEqualTo(2);
              assertThat(finding.invariant()).isEqualTo(Invariant.ACCOUNT_STATUS);
              assertThat(finding.violations()).isEqualTo(1);
              assertThat(finding.examples())
                  .singleElement()
                  .asString()
                  .contains(broken.alice.id().value().toString());
            });
  }

  @Test
  void ignoresTheTimeoutsOfTheDatabase() {
    // Given: the first check sleeps past the limit through a table that has become a slow view
    new WholeBooks(test, 1);
    test.execute("ALTER DATABASE " + test.database().name() + " SET statement_timeout = '300ms'");
    test.execute(
        "ALTER TABLE asset RENAME TO plain_asset; CREATE VIEW asset AS"
            + " SELECT plain_asset.* FROM plain_asset, (SELECT pg_sleep(0.5) OFFSET 0) AS slow;"
            + " GRANT SELECT ON asset TO PUBLIC");

    // When
    Report report = verify();

    // Then
    assertThat(report.findings()).isEmpty();
    assertThat(report.elapsed().toMillis()).isGreaterThan(500);
  }

  @Test
  void givesTheRestUpWhenAStepFails() {
    // Given: what is said from the third step on cannot be printed
    new WholeBooks(test, 1);
    var said = new AtomicInteger();

    // When
    var verifying =
        org.assertj.core.api.Assertions.catchThrowable(
            () ->
                Verifier.run(
                    test.database(),
                    new Division(3, 5, 2, true, 1 << 20),
                    progress -> {
                      if (progress.step() >= 3) {
                        said.incrementAndGet();
                        throw new UncheckedIOException(new IOException("broken pipe"));
                      }
                    }));

    // Then: each session has failed once at most, and none has gone on
    assertThat(verifying).isInstanceOf(UncheckedIOException.class);
    assertThat(said.get()).isBetween(1, 3);
  }

  @Test
  void writesNothing() {
    // Given: a function that the checks call now writes
    new WholeBooks(test, 1);
    test.execute(
        "CREATE FUNCTION write() RETURNS void LANGUAGE sql AS 'UPDATE account SET kind = kind';"
            + " ALTER TABLE asset RENAME TO plain_asset; CREATE VIEW asset AS"
            + " SELECT plain_asset.* FROM plain_asset, (SELECT write() OFFSET 0) AS writing;"
            + " GRANT SELECT ON asset TO PUBLIC");

    // When
    var verifying = org.assertj.core.api.Assertions.catchThrowable(this::verify);

    // Then: SQLSTATE 25006 is read_only_sql_transaction
    assertThat(verifying).isInstanceOf(StoreException.class).hasMessageContaining("25006");
  }

  @Test
  void saysWhenTheDatabaseCannotBeReached() {
    // Given
    Database nobody =
        DatabaseAddress.fromUrl("postgres://nobody@127.0.0.1:1/none", DatabaseLimits.DEFAULTS);

    // When
    var verifying = List.of(nobody);

    // Then
    assertThatThrownBy(() -> Verifier.run(verifying.getFirst(), progress -> {}))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
  }

  @Test
  void saysWhenTheDatabaseIsNotMigrated() {
    // Given
    try (TestDatabase empty = TestDatabase.createEmpty()) {
      // When
      var verifying =
          org.assertj.core.api.Assertions.catchThrowable(
              () -> Verifier.run(empty.database(), progress -> {}));

      // Then: SQLSTATE 42P01 is undefined_table
      assertThat(verifying).isInstanceOf(StoreException.class).hasMessageContaining("42P01");
    }
  }

  private Report verify() {
    return Verifier.run(test.database(), progress -> {});
  }
}
