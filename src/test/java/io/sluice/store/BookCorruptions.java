package io.sluice.store;

import static io.sluice.store.Corruption.broken;
import static io.sluice.store.Corruption.id;
import static io.sluice.store.Corruption.is;
import static io.sluice.store.Corruption.number;
import static io.sluice.store.Corruption.text;
import static io.sluice.store.Invariant.ACCOUNT_ASSET;
import static io.sluice.store.Invariant.ACCOUNT_BALANCE;
import static io.sluice.store.Invariant.ACCOUNT_FLOOR;
import static io.sluice.store.Invariant.ACCOUNT_HOLDER;
import static io.sluice.store.Invariant.ACCOUNT_ID;
import static io.sluice.store.Invariant.ACCOUNT_NUMBER;
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
  private static final String GIVE_SYSTEM_ONE =
      "UPDATE listed_posting SET amount = amount + 1, balance = balance + 1 WHERE account = %s";

  private BookCorruptions() {}

  static Stream<Corruption> all() {
    return Stream.of(
            tenants(),
            chains(),
            sharedNumbers(),
            balances(),
            latestPostings(),
            strayPostings(),
            refusals(),
            lists(),
            pairs(),
            sums(),
            accounts())
        .flatMap(Function.identity());
  }

  private static Stream<Corruption> tenants() {
    return Stream.of(
        broken(
            TENANT,
            "postings of nobody",
            b -> "INSERT INTO listed_posting VALUES (99, 1, 1, '" + id() + "', 5, 5)",
            POSTING_ACCOUNT,
            POSTING_TRANSFER),
        broken(
            TENANT,
            "a transfer of nobody",
            b -> transfer(99, "1", 1, -5, "2", 1, 5),
            POSTING_ACCOUNT));
  }

  private static Stream<Corruption> chains() {
    return Stream.of(
        broken(
            POSTING_SEQUENCE,
            "a gap",
            b ->
                "UPDATE transfer SET debit_sequence = 3 WHERE "
                    + is(b.refund)
                    + "; UPDATE account SET sequence = 3 WHERE "
                    + is(b.bob)),
        broken(
            POSTING_SEQUENCE,
            "a start at 0",
            b ->
                "UPDATE transfer SET debit_sequence = 1 WHERE "
                    + is(b.refund)
                    + "; UPDATE listed_posting SET sequence = 0 WHERE account = "
                    + number(b.bob)
                    + "; UPDATE transfer SET sequences = '{2,2,0}' WHERE "
                    + is(b.payment)
                    + "; UPDATE account SET sequence = 1 WHERE "
                    + is(b.bob)));
  }

  /** Each posting follows from the one before, of which there are two. */
  private static Stream<Corruption> sharedNumbers() {
    return Stream.of(
        broken(
            POSTING_SEQUENCE,
            "one number for a debit and a credit",
            b ->
                transfer(1, number(b.alice), 3, 25, number(b.system), 3, -65)
                    + "; UPDATE account SET balance = balance - 5 WHERE "
                    + is(b.alice)
                    + "; UPDATE account SET balance = balance + 5, sequence = 3 WHERE "
                    + is(b.system)),
        broken(
            POSTING_SEQUENCE,
            "one number for a debit and a listed posting",
            b ->
                transfer(1, number(b.system), 2, -105, number(b.alice), 4, 95)
                    + "; UPDATE account SET balance = balance - 5 WHERE "
                    + is(b.system)
                    + "; UPDATE account SET balance = balance + 5, sequence = 4 WHERE "
                    + is(b.alice)),
        broken(
            POSTING_SEQUENCE,
            "one number for a credit and a listed posting",
            b ->
                transfer(1, number(b.alice), 4, 85, number(b.system), 2, -95)
                    + "; UPDATE account SET balance = balance + 5 WHERE "
                    + is(b.system)
                    + "; UPDATE account SET balance = balance - 5, sequence = 4 WHERE "
                    + is(b.alice)));
  }

  private static Stream<Corruption> balances() {
    return Stream.of(
        broken(
            RUNNING_BALANCE,
            "a wrong balance in the middle",
            b ->
                "UPDATE listed_posting SET balance = balance + 1 WHERE account = "
                    + number(b.alice)),
        broken(
            RUNNING_BALANCE,
            "a wrong first balance",
            b -> "UPDATE transfer SET credit_balance = credit_balance + 1 WHERE " + is(b.funding)),
        broken(
            RUNNING_BALANCE,
            "a wrong last balance",
            b -> "UPDATE transfer SET debit_balance = debit_balance - 1 WHERE " + is(b.refund)));
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
            ASSET_SUM),
        broken(
            ACCOUNT_BALANCE,
            "two accounts with each other's numbers",
            b ->
                "DROP INDEX account_number; UPDATE account"
                    + " SET number = CASE WHEN "
                    + is(b.alice)
                    + " THEN "
                    + number(b.bob)
                    + " ELSE "
                    + number(b.alice)
                    + " END WHERE "
                    + is(b.alice)
                    + " OR "
                    + is(b.bob),
            ACCOUNT_SEQUENCE));
  }

  private static Stream<Corruption> strayPostings() {
    return Stream.of(
        broken(
            POSTING_ACCOUNT,
            "a listed posting on an unknown account",
            b ->
                "INSERT INTO listed_posting VALUES (1, 0, 1, "
                    + text(b.payment.value())
                    + ", 5, 5); UPDATE transfer SET sequences = sequences || 1::bigint,"
                    + " accounts = accounts || 0::bigint WHERE "
                    + is(b.payment)),
        broken(
            POSTING_ACCOUNT,
            "a debit of an unknown account",
            b ->
                transfer(1, "0", 1, -5, number(b.alice), 4, 95)
                    + "; UPDATE account SET balance = 95, sequence = 4 WHERE "
                    + is(b.alice),
            ASSET_SUM),
        broken(
            POSTING_ACCOUNT,
            "a credit of an unknown account",
            b ->
                transfer(1, number(b.alice), 4, 85, "0", 1, 5)
                    + "; UPDATE account SET balance = 85, sequence = 4 WHERE "
                    + is(b.alice),
            ASSET_SUM),
        broken(POSTING_TRANSFER, "an unknown transfer", b -> postBothWays(b.alice, id())),
        broken(
            POSTING_LISTED,
            "a transfer that does not list them",
            b -> postBothWays(b.alice, b.payment.value().toString())),
        broken(
            POSTING_LISTED,
            "a transfer that carries its own",
            b -> postBothWays(b.alice, b.funding.value().toString())),
        broken(
            POSTING_LISTED,
            "another transfer lists them",
            b ->
                "UPDATE listed_posting SET transfer_id = "
                    + text(b.funding.value())
                    + " WHERE tenant_id = 1"));
  }

  private static Stream<Corruption> refusals() {
    return Stream.of(
        broken(
            REFUSED_TRANSFER,
            "postings of a refusal",
            b -> postBothWays(b.alice, b.refusal.value().toString())),
        broken(
            REFUSED_TRANSFER,
            "a refusal that carries postings",
            b ->
                "UPDATE transfer SET debit_account = credit_account,"
                    + " credit_account = debit_account, debit_sequence = 4, credit_sequence = 3,"
                    + " amount = 5, debit_balance = 85, credit_balance = -15 WHERE "
                    + is(b.refusal)
                    + "; UPDATE account SET balance = 85, sequence = 4 WHERE "
                    + is(b.alice)
                    + "; UPDATE account SET balance = -15, sequence = 3 WHERE "
                    + is(b.bob)),
        broken(
            TRANSFER_LISTING,
            "a refusal that lists sequences",
            b ->
                "UPDATE transfer SET debit_account = NULL, credit_account = NULL,"
                    + " accounts = ARRAY[debit_account, credit_account], sequences = '{1,2}' WHERE "
                    + is(b.refusal)),
        broken(
            TRANSFER_LISTING,
            "a refusal that carries an amount",
            b -> "UPDATE transfer SET amount = 5 WHERE " + is(b.refusal)),
        broken(
            TRANSFER_LISTING,
            "a refusal of one account",
            b -> "UPDATE transfer SET credit_account = NULL WHERE " + is(b.refusal)));
  }

  private static Stream<Corruption> lists() {
    return Stream.of(
        broken(
            LISTED_POSTING,
            "a posting that never was",
            b ->
                "UPDATE transfer SET accounts = accounts || accounts[1],"
                    + " sequences = sequences || 999::bigint WHERE "
                    + is(b.payment)),
        broken(
            LISTED_POSTING,
            "postings that are gone",
            b ->
                "DELETE FROM listed_posting WHERE account = "
                    + number(b.system)
                    + "; UPDATE account SET sequence = 1, balance = -100 WHERE "
                    + is(b.system),
            TRANSFER_SUM,
            ASSET_SUM),
        broken(
            TRANSFER_LISTING,
            "a posting listed twice",
            b ->
                "UPDATE transfer SET accounts = accounts || accounts[1],"
                    + " sequences = sequences || sequences[1] WHERE "
                    + is(b.payment)),
        broken(
            TRANSFER_LISTING,
            "accounts without sequences",
            b -> "UPDATE transfer SET accounts = accounts || accounts[1] WHERE " + is(b.payment),
            LISTED_POSTING),
        broken(
            TRANSFER_LISTING,
            "no sequences",
            b -> "UPDATE transfer SET sequences = NULL WHERE " + is(b.payment),
            LISTED_POSTING,
            POSTING_LISTED),
        broken(
            TRANSFER_LISTING,
            "a posted transfer of nothing",
            b ->
                "UPDATE transfer SET status = 0, debit_account = NULL, credit_account = NULL,"
                    + " accounts = '{}', sequences = '{}' WHERE "
                    + is(b.refusal)));
  }

  private static Stream<Corruption> pairs() {
    return Stream.of(
        broken(
            TRANSFER_LISTING,
            "a credit without a balance",
            b -> "UPDATE transfer SET credit_balance = NULL WHERE " + is(b.refund)),
        broken(
            TRANSFER_LISTING,
            "two postings that are gone",
            b -> "UPDATE transfer SET debit_sequence = NULL WHERE " + is(b.refund),
            ACCOUNT_SEQUENCE,
            ACCOUNT_BALANCE),
        broken(
            TRANSFER_LISTING,
            "two postings and a list",
            b -> "UPDATE transfer SET accounts = '{}', sequences = '{}' WHERE " + is(b.refund)),
        broken(
            TRANSFER_LISTING,
            "a list without accounts",
            b -> "UPDATE transfer SET sequences = '{}' WHERE " + is(b.refund)),
        broken(
            TRANSFER_LISTING,
            "a debit of less than nothing",
            b ->
                "UPDATE transfer SET amount = -amount,"
                    + " debit_account = credit_account, credit_account = debit_account,"
                    + " debit_sequence = credit_sequence, credit_sequence = debit_sequence,"
                    + " debit_balance = credit_balance, credit_balance = debit_balance WHERE "
                    + is(b.refund)));
  }

  private static Stream<Corruption> sums() {
    return Stream.of(
        broken(
            TRANSFER_SUM,
            "two lists off, balances even",
            b ->
                GIVE_SYSTEM_ONE.formatted(number(b.system))
                    + "; INSERT INTO transfer (tenant_id, status, created_at, id, kind, detail,"
                    + " accounts, sequences) SELECT 1, 0, now(), gen_random_uuid(), 'test', '{}',"
                    + " ARRAY["
                    + number(b.system)
                    + "], '{3}'; INSERT INTO listed_posting SELECT tenant_id, accounts[1], 3, id,"
                    + " -1, -70 FROM transfer WHERE sequences = '{3}'"
                    + "; UPDATE account SET sequence = 3 WHERE "
                    + is(b.system)),
        broken(
            TRANSFER_SUM,
            "two pairs between assets, balances even",
            b ->
                transfer(1, number(b.alice), 4, 85, number(b.shop), 1, 5)
                    + "; "
                    + transfer(1, number(b.shop), 2, 0, number(b.alice), 5, 90)
                    + "; UPDATE account SET sequence = 5 WHERE "
                    + is(b.alice)
                    + "; UPDATE account SET sequence = 2 WHERE "
                    + is(b.shop)),
        broken(
            TRANSFER_KEY,
            "one key twice",
            b ->
                "DROP INDEX transfer_key; UPDATE transfer SET key = (SELECT key FROM transfer"
                    + " WHERE "
                    + is(b.funding)
                    + ") WHERE "
                    + is(b.payment)),
        broken(
            ASSET_SUM,
            "money from nowhere",
            b ->
                GIVE_SYSTEM_ONE.formatted(number(b.system))
                    + "; UPDATE account SET balance = balance + 1 WHERE "
                    + is(b.system),
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
            ACCOUNT_NUMBER,
            "one number for two accounts",
            b ->
                "DROP INDEX account_number; UPDATE account SET number = "
                    + number(b.unused)
                    + " WHERE "
                    + is(b.shop)),
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

  /** A posted transfer of 5 with both of its postings. */
  private static String transfer(
      int tenant, String debit, int debits, int debited, String credit, int credits, int credited) {
    return ("INSERT INTO transfer (tenant_id, status, created_at, id, debit_account,"
            + " debit_sequence, debit_balance, credit_account, credit_sequence, credit_balance,"
            + " amount, kind, detail)"
            + " VALUES (%d, 0, now(), '%s', %s, %d, %d, %s, %d, %d, 5, 'test', '{}')")
        .formatted(tenant, id(), debit, debits, debited, credit, credits, credited);
  }

  /** Two more postings on an account, which leave its balance and its chain as they should be. */
  private static String postBothWays(AccountRef account, String transfer) {
    return List.of(5, -5).stream()
        .map(
            amount ->
                "INSERT INTO listed_posting SELECT tenant_id, number, sequence + 1, '"
                    + transfer
                    + "', "
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
