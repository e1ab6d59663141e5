package io.sluice.store;

import static io.sluice.store.Invariant.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountRef;
import io.sluice.store.Verifier.Finding;
import io.sluice.store.Verifier.Report;
import io.sluice.testing.TestDatabase;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks whole books in every way, and expects exactly that to be found. */
class VerifierFindsTest {
  private final TestDatabase test = TestDatabase.create();

  @AfterEach
  void close() {
    test.close();
  }

  /**
   * A way to break books.
   *
   * @param named what must be found
   * @param along what else cannot stay whole when this breaks
   */
  record Corruption(
      Invariant named, Set<Invariant> along, String title, Function<WholeBooks, String> sql) {
    @Override
    public String toString() {
      return named + ": " + title;
    }
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void names(Corruption corruption) {
    // Given
    var books = new WholeBooks(test, 1);
    new WholeBooks(test, 2);
    dropConstraints();
    test.execute(corruption.sql().apply(books));

    // When
    Report report = Verifier.run(test.database(), progress -> {});

    // Then
    Set<Invariant> expected = EnumSet.of(corruption.named());
    expected.addAll(corruption.along());
    assertThat(report.findings())
        .extracting(Finding::invariant)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(report.findings())
        .allSatisfy(
            finding -> {
              assertThat(finding.tenant()).isNotEqualTo(2);
              assertThat(finding.violations()).isPositive();
              assertThat(finding.examples()).isNotEmpty().doesNotContainNull();
              assertThat(finding.invariant().rule()).isNotBlank();
            });
  }

  @Test
  void everyInvariantIsBrokenByATest() {
    // When
    Set<Invariant> broken = corruptions().map(Corruption::named).collect(Collectors.toSet());

    // Then
    assertThat(broken).containsExactlyInAnyOrder(Invariant.values());
  }

  static Stream<Corruption> corruptions() {
    return Stream.of(postings(), transfers(), accounts(), lots(), movements(), splits())
        .flatMap(Function.identity());
  }

  private static Stream<Corruption> postings() {
    return Stream.of(
        broken(
            TENANT,
            "postings of nobody",
            b -> "INSERT INTO posting VALUES (99, '" + id() + "', 1, '" + id() + "', 5, 5)",
            POSTING_ACCOUNT,
            POSTING_TRANSFER),
        broken(
            POSTING_SEQUENCE,
            "a gap",
            b ->
                "UPDATE posting SET sequence = 3 WHERE sequence = 2 AND "
                    + on(b.bob)
                    + "; UPDATE account SET sequence = 3 WHERE "
                    + is(b.bob)
                    + "; UPDATE transfer SET sequences = '{3,3}' WHERE account_ids[1] = "
                    + text(b.bob.id().value())
                    + " AND status = 0"),
        broken(
            POSTING_SEQUENCE,
            "a start at 0",
            b ->
                "UPDATE posting SET sequence = sequence - 1 WHERE "
                    + on(b.bob)
                    + "; UPDATE account SET sequence = 1 WHERE "
                    + is(b.bob)
                    + "; UPDATE transfer SET sequences = '{1,3}' WHERE account_ids[1] = "
                    + text(b.bob.id().value())
                    + " AND status = 0"
                    + "; UPDATE transfer SET sequences = '{2,2,0}' WHERE id = "
                    + text(b.payment.value())),
        broken(
            RUNNING_BALANCE,
            "a wrong balance in the middle",
            b -> "UPDATE posting SET balance = balance + 1 WHERE sequence = 2 AND " + on(b.alice)),
        broken(
            RUNNING_BALANCE,
            "a wrong first balance",
            b -> "UPDATE posting SET balance = balance + 1 WHERE sequence = 1 AND " + on(b.alice)),
        broken(
            ACCOUNT_SEQUENCE,
            "one too high",
            b -> "UPDATE account SET sequence = sequence + 1 WHERE " + is(b.alice)),
        broken(
            ACCOUNT_SEQUENCE,
            "postings that the account does not know of",
            b -> "UPDATE account SET sequence = 0 WHERE " + is(b.alice)),
        broken(
            ACCOUNT_BALANCE,
            "money moved without postings",
            b ->
                "UPDATE account SET balance = balance + 1 WHERE "
                    + is(b.alice)
                    + "; UPDATE account SET balance = balance - 1 WHERE "
                    + is(b.system)),
        broken(
            ACCOUNT_BALANCE,
            "money without any posting",
            b -> "UPDATE account SET balance = 1 WHERE " + is(b.unused),
            ASSET_SUM),
        broken(
            POSTING_ACCOUNT,
            "an unknown account",
            b ->
                "INSERT INTO posting VALUES (1, '00000000-0000-0000-0000-000000000001', 1, "
                    + text(b.payment.value())
                    + ", 5, 5); UPDATE transfer SET sequences = sequences || 1::bigint,"
                    + " account_ids = account_ids || '00000000-0000-0000-0000-000000000001'::uuid"
                    + " WHERE id = "
                    + text(b.payment.value())),
        broken(POSTING_TRANSFER, "an unknown transfer", b -> postBothWays(b.alice, id())),
        broken(
            POSTING_LISTED,
            "a transfer that does not list them",
            b -> postBothWays(b.alice, text(b.payment.value()))),
        broken(
            POSTING_LISTED,
            "another transfer lists it",
            b ->
                "UPDATE posting SET transfer_id = "
                    + text(b.funding.value())
                    + " WHERE sequence = 2 AND "
                    + on(b.alice)
                    + "; UPDATE posting SET transfer_id = "
                    + text(b.funding.value())
                    + " WHERE transfer_id = "
                    + text(b.payment.value())),
        broken(
            REFUSED_TRANSFER,
            "postings of a refusal",
            b -> postBothWays(b.alice, text(b.refusal.value()))));
  }

  private static Stream<Corruption> transfers() {
    return Stream.of(
        broken(
            LISTED_POSTING,
            "a posting that never was",
            b ->
                "UPDATE transfer SET account_ids = account_ids || account_ids[1],"
                    + " sequences = sequences || 999::bigint WHERE id = "
                    + text(b.payment.value())),
        broken(
            LISTED_POSTING,
            "postings that are gone",
            b ->
                "DELETE FROM posting WHERE sequence = 3 AND "
                    + on(b.alice)
                    + "; UPDATE account SET sequence = 2, balance = 30 WHERE "
                    + is(b.alice),
            TRANSFER_SUM,
            ASSET_SUM),
        broken(
            TRANSFER_LISTING,
            "a posting listed twice",
            b ->
                "UPDATE transfer SET account_ids = account_ids || account_ids[1],"
                    + " sequences = sequences || sequences[1] WHERE id = "
                    + text(b.payment.value())),
        broken(
            TRANSFER_LISTING,
            "accounts without sequences",
            b ->
                "UPDATE transfer SET account_ids = account_ids || account_ids[1] WHERE id = "
                    + text(b.payment.value()),
            LISTED_POSTING),
        broken(
            TRANSFER_LISTING,
            "a posted transfer of nothing",
            b ->
                "UPDATE transfer SET status = 0, account_ids = '{}' WHERE status = 1 "
                    + " AND tenant_id = 1"),
        broken(
            TRANSFER_LISTING,
            "a refused transfer with sequences",
            b -> "UPDATE transfer SET sequences = '{1,2}' WHERE id = " + text(b.refusal.value())),
        broken(
            TRANSFER_SUM,
            "two transfers off, balances even",
            b ->
                "UPDATE posting SET amount = amount + 1, balance = balance + 1 WHERE sequence = 3"
                    + " AND "
                    + on(b.alice)
                    + "; UPDATE account SET balance = balance + 1 WHERE "
                    + is(b.alice)
                    + "; UPDATE posting SET amount = amount - 1, balance = balance - 1"
                    + " WHERE sequence = 2 AND "
                    + on(b.system)
                    + "; UPDATE account SET balance = balance - 1 WHERE "
                    + is(b.system)),
        broken(
            TRANSFER_KEY,
            "one key twice",
            b ->
                "DROP INDEX transfer_key; UPDATE transfer SET key = (SELECT key FROM transfer"
                    + " WHERE id = "
                    + text(b.funding.value())
                    + ") WHERE id = "
                    + text(b.payment.value())),
        broken(
            ASSET_SUM,
            "money from nowhere",
            b ->
                "UPDATE posting SET amount = amount + 1, balance = balance + 1 WHERE sequence = 3"
                    + " AND "
                    + on(b.alice)
                    + "; UPDATE account SET balance = balance + 1 WHERE "
                    + is(b.alice),
            TRANSFER_SUM));
  }

  private static Stream<Corruption> accounts() {
    return Stream.of(
        broken(
            ACCOUNT_HOLDER,
            "no holder",
            b -> "DELETE FROM holder WHERE id = " + text(b.alice.holder().value())),
        broken(
            ACCOUNT_ASSET,
            "no asset",
            b -> "DELETE FROM asset WHERE id = " + text(b.alice.asset().value())),
        broken(
            ACCOUNT_ID,
            "an id of its own",
            b -> "UPDATE account SET id = '" + id() + "' WHERE " + is(b.unused)),
        broken(
            ACCOUNT_ID,
            "another bucket",
            b -> "UPDATE account SET bucket = 1 WHERE " + is(b.alice)),
        broken(
            ACCOUNT_STATUS,
            "a suspended holder's active account",
            b -> "UPDATE holder SET status = 1 WHERE id = " + text(b.alice.holder().value())),
        broken(
            ACCOUNT_FLOOR,
            "below the floor",
            b -> "UPDATE account SET overdrawn = overdrawn - 1 WHERE " + is(b.bob)),
        broken(
            ACCOUNT_FLOOR, "no floor", b -> "UPDATE account SET floor = NULL WHERE " + is(b.alice)),
        broken(
            ACCOUNT_FLOOR,
            "a negative overdraft",
            b -> "UPDATE account SET overdrawn = -1 WHERE " + is(b.alice)));
  }

  private static Stream<Corruption> lots() {
    return Stream.of(
        broken(
            LOT_ACCOUNT,
            "a lot on an account without lots",
            b ->
                "INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at)"
                    + " VALUES (1, '"
                    + id()
                    + "', "
                    + text(b.alice.id().value())
                    + ", 1, 0, now())"),
        broken(
            LOT_ACCOUNT,
            "a lot on no account",
            b ->
                "INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at)"
                    + " VALUES (1, '"
                    + id()
                    + "', '"
                    + id()
                    + "', 1, 0, now())"),
        broken(
            LOT_ISSUER,
            "an unknown issuer",
            b -> "UPDATE lot SET issuer_id = '" + id() + "' WHERE id = " + text(b.parent.value())),
        broken(
            LOT_BALANCE,
            "an overdraft that the lots do not show",
            b -> "UPDATE account SET overdrawn = overdrawn + 1 WHERE " + is(b.owner)),
        broken(
            LOT_REMAINING,
            "remainders exchanged between lots",
            b ->
                "UPDATE lot SET remaining = remaining - 5 WHERE remaining = 70 AND "
                    + on(b.owner)
                    + "; UPDATE lot SET remaining = remaining + 5 WHERE remaining = 30 AND "
                    + on(b.owner)),
        broken(
            LOT_REMAINING,
            "a lot on another's account",
            b ->
                "UPDATE lot SET account_id = "
                    + text(b.buyer.id().value())
                    + " WHERE remaining = 30 AND "
                    + on(b.owner),
            LOT_BALANCE));
  }

  private static Stream<Corruption> movements() {
    return Stream.of(
        broken(
            LOT_POSTING,
            "more lots moved than posted",
            b ->
                "UPDATE lot_movement SET amount = amount + CASE WHEN amount > 0 THEN 1 ELSE -1 END"
                    + " WHERE amount IN (50, -30) AND lot_id = "
                    + text(b.spent.value())),
        broken(
            LOT_POSTING,
            "a posting without lots",
            b ->
                "DELETE FROM lot_movement WHERE amount <> 50 AND lot_id = "
                    + text(b.spent.value())
                    + "; UPDATE lot_movement SET amount = 0 WHERE lot_id = "
                    + text(b.spent.value())),
        broken(
            MOVEMENT_TRANSFER,
            "an unknown transfer",
            b ->
                "UPDATE lot_movement SET transfer_id = '"
                    + id()
                    + "' WHERE amount = 50 AND lot_id = "
                    + text(b.spent.value()),
            LOT_POSTING),
        broken(
            MOVEMENT_TRANSFER,
            "a refused transfer",
            b ->
                "INSERT INTO lot_movement VALUES (1, "
                    + text(b.refusal.value())
                    + ", "
                    + text(b.spent.value())
                    + ", "
                    + text(b.owner.id().value())
                    + ", 0)",
            LOT_POSTING),
        broken(
            MOVEMENT_LOT,
            "an unknown lot",
            b ->
                "UPDATE lot_movement SET lot_id = '"
                    + id()
                    + "' WHERE amount = 50 AND lot_id = "
                    + text(b.spent.value()),
            LOT_REMAINING),
        broken(
            MOVEMENT_ACCOUNT,
            "an account without lots",
            b ->
                "INSERT INTO lot_movement VALUES (1, "
                    + text(b.payment.value())
                    + ", "
                    + text(b.spent.value())
                    + ", "
                    + text(b.alice.id().value())
                    + ", 1)",
            LOT_REMAINING,
            LOT_POSTING));
  }

  private static Stream<Corruption> splits() {
    return Stream.of(
        broken(
            SPLIT_CHILDREN,
            "a child that does not point back",
            b ->
                "UPDATE lot SET parent_id = NULL WHERE remaining = 70 AND parent_id = "
                    + text(b.parent.value())),
        broken(
            SPLIT_CHILDREN,
            "one child for both",
            b ->
                "UPDATE lot SET parent_id = NULL WHERE remaining = 70 AND parent_id = "
                    + text(b.parent.value())
                    + "; UPDATE lot SET right_child_id = left_child_id, amount = 60 WHERE id = "
                    + text(b.parent.value())
                    + "; UPDATE lot SET serial_from = NULL WHERE parent_id = "
                    + text(b.parent.value())
                    + " OR id = "
                    + text(b.parent.value())),
        broken(
            SPLIT_PARENT,
            "a child that its parent does not know",
            b ->
                "UPDATE lot SET parent_id = "
                    + text(b.parent.value())
                    + " WHERE id = "
                    + text(b.spent.value())),
        broken(
            SPLIT_PARENT,
            "an unknown parent",
            b -> "UPDATE lot SET parent_id = '" + id() + "' WHERE id = " + text(b.spent.value())),
        broken(
            SPLIT_AMOUNT,
            "a child too large",
            b ->
                "UPDATE lot SET amount = amount + 1 WHERE remaining = 70 AND parent_id = "
                    + text(b.parent.value())),
        broken(
            SPLIT_REMAINING,
            "something left in the parent",
            b -> "UPDATE lot SET remaining = 1 WHERE id = " + text(b.parent.value()),
            LOT_BALANCE,
            LOT_REMAINING),
        broken(
            SPLIT_SERIALS,
            "overlapping serial numbers",
            b ->
                "UPDATE lot SET serial_from = serial_from - 1 WHERE remaining = 70 AND parent_id = "
                    + text(b.parent.value())));
  }

  private static Corruption broken(
      Invariant named, String title, Function<WholeBooks, String> sql, Invariant... along) {
    return new Corruption(named, Set.copyOf(Arrays.asList(along)), title, sql);
  }

  /** Two more postings on an account, which leave its balance and its chain as they should be. */
  private static String postBothWays(AccountRef account, String transfer) {
    String quoted = transfer.startsWith("'") ? transfer : "'" + transfer + "'";
    return List.of(5, -5).stream()
        .map(
            amount ->
                "INSERT INTO posting SELECT tenant_id, id, sequence + 1, "
                    + quoted
                    + ", "
                    + amount
                    + ", balance + "
                    + Math.max(amount, 0)
                    + " FROM account WHERE "
                    + is(account)
                    + "; UPDATE account SET sequence = sequence + 1 WHERE "
                    + is(account))
        .collect(Collectors.joining("; "));
  }

  private static String is(AccountRef account) {
    return "id = " + text(account.id().value());
  }

  private static String on(AccountRef account) {
    return "account_id = " + text(account.id().value());
  }

  private static String text(UUID id) {
    return "'" + id + "'";
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  /** So that what PostgreSQL itself prevents can be tried too. */
  private void dropConstraints() {
    test.execute(
        """
        DO $$
        DECLARE found record;
        BEGIN
          FOR found IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint
                        WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.relation, found.conname);
          END LOOP;
        END $$
        """);
  }
}
