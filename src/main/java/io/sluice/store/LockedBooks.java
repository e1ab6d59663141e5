package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AccountState;
import io.sluice.ledger.Books;
import io.sluice.ledger.Changes;
import io.sluice.ledger.Needs;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TransferId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One tenant's part of a transaction: what it needed, what was read, what is to be written. */
public final class LockedBooks {
  private final Needs needs;
  private final Books books = new Books();
  private final Changes changes = new Changes();
  private final Map<AccountId, LockedAccount> accounts = new HashMap<>();
  private final Map<TransferId, StoredTransfer> stored = new HashMap<>();

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
   * What is stored under a command's id: by an earlier attempt at it that was committed after all,
   * or by somebody else. Only known when the books were locked for a further attempt.
   */
  public Optional<StoredTransfer> stored(TransferId transfer) {
    return Optional.ofNullable(stored.get(transfer));
  }

  /**
   * Adds a locked row.
   *
   * @throws IllegalStateException when no command needs it, or not as it is
   */
  void add(AccountState account, String place) {
    AccountRef ref =
        needs
            .account(account.id())
            .orElseThrow(() -> new IllegalStateException("nobody needs " + account.id()));
    books.add(account);
    accounts.put(account.id(), LockedAccount.of(ref, account, place));
  }

  /** A locked account; null when it is not locked. */
  LockedAccount account(AccountId id) {
    return accounts.get(id);
  }

  Collection<LockedAccount> accounts() {
    return accounts.values();
  }

  void add(StoredTransfer transfer) {
    stored.put(transfer.receipt().id(), transfer);
  }
}
