package io.sluice.store;

import static io.sluice.store.Corruption.broken;
import static io.sluice.store.Corruption.id;
import static io.sluice.store.Corruption.is;
import static io.sluice.store.Corruption.on;
import static io.sluice.store.Corruption.text;
import static io.sluice.store.Invariant.ACCOUNT_ASSET;
import static io.sluice.store.Invariant.ACCOUNT_BALANCE;
import static io.sluice.store.Invariant.ACCOUNT_FLOOR;
import static io.sluice.store.Invariant.ACCOUNT_HOLDER;
import static io.sluice.store.Invariant.ACCOUNT_ID;
import static io.sluice.store.Invariant.ACCOUNT_SEQUENCE;
import static io.sluice.store.Invariant.ACCOUNT_STATUS;
import static io.sluice.store.Invariant.ASSET_SUM;
import static io.sluice.store.Invariant.LISTED_POSTING;
import static io.sluice.store.Invariant.POSTING_ACCOUNT;
import static io.sluice.store.Invariant.POSTING_LISTED;
import static io.sluice.store.Invariant.POSTING_SEQUENCE;
import static io.sluice.store.Invariant.POSTING_TRANSFER;
import static io.sluice.store.Invariant.REFUSED_TRANSFER;
import static io.sluice.store.Invariant.RUNNING_BALANCE;
import static io.sluice.store.Invariant.TENANT;
import static io.sluice.store.Invariant.TRANSFER_KEY;
import static io.sluice.store.Invariant.TRANSFER_LISTING;
import static io.sluice.store.Invariant.TRANSFER_SUM;

import io.sluice.ledger.AccountRef;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ways to break postings, transfers and accounts. */
final class BookCorruptions {
  private BookCorruptions() {}

  static Stream<Corruption> all() {
    return Stream.of(chains(), latestPostings(), strayPostings(), listings(), sums(), accounts())
        .flatMap(Function.identity());
  }

  private static Stream<Corruption> chains() {
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
            b -> "UPDATE posting SET balance = balance + 1 WHERE sequence = 1 AND " + on(b.alice)));
  }

  private static Stream<Corruption> latestPostings() {
    return Stream.of(
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
            ASSET_SUM));
  }

  private static Stream<Corruption> strayPostings() {
    return Stream.of(
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

  private static Stream<Corruption> listings() {
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
            b -> "UPDATE transfer SET sequences = '{1,2}' WHERE id = " + text(b.refusal.value())));
  }

  private static Stream<Corruption> sums() {
    return Stream.of(
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
}
