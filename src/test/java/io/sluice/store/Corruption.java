package io.sluice.store;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.TransferId;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * A way to break books.
 *
 * @param named what must be found
 * @param along what else cannot stay whole when this breaks
 * @param sql what to run on books of tenant 1
 */
record Corruption(
    Invariant named, Set<Invariant> along, String title, Function<WholeBooks, String> sql) {
  static Corruption broken(
      Invariant named, String title, Function<WholeBooks, String> sql, Invariant... along) {
    return new Corruption(named, Set.of(along), title, sql);
  }

  static String is(AccountRef account) {
    return "id = " + text(account.id().value());
  }

  static String is(TransferId transfer) {
    return "id = " + text(transfer.value());
  }

  static String on(AccountRef account) {
    return "account_id = " + text(account.id().value());
  }

  /** The number that names the account in transfers and postings. */
  static String number(AccountRef account) {
    return "(SELECT number FROM account WHERE " + is(account) + ")";
  }

  static String text(UUID id) {
    return "'" + id + "'";
  }

  static String id() {
    return UUID.randomUUID().toString();
  }

  @Override
  public String toString() {
    return named + ": " + title;
  }
}
