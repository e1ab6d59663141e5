package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountState;
import io.sluice.ledger.Books;
import io.sluice.ledger.Changes;
import io.sluice.ledger.Needs;
import io.sluice.ledger.TransferId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One tenant's part of a transaction: what it needed, what was read, what is to be written. */
public final class LockedBooks {
  private final Needs needs;
  private final Books books = new Books();
  private final Changes changes = new Changes();
  private final Map<AccountId, String> places = new HashMap<>();
  private final Set<TransferId> stored = new HashSet<>();

  LockedBooks(Needs needs) {
    this.needs = needs;
  }

  public Needs needs() {
    return needs;
  }

  public Books books() {
    return books;
  }

  public Changes changes() {
    return changes;
  }

  /**
   * Whether an earlier attempt at a command was committed after all. Only known when the books were
   * locked for a further attempt.
   */
  public boolean isStored(TransferId transfer) {
    return stored.contains(transfer);
  }

  void add(AccountState account, String place) {
    books.add(account);
    places.put(account.id(), place);
  }

  /** Where PostgreSQL keeps a locked account's row. */
  String place(AccountState account) {
    return places.get(account.id());
  }

  void addStored(TransferId transfer) {
    stored.add(transfer);
  }
}
