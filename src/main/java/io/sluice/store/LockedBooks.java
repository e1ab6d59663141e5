package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AccountState;
import io.sluice.ledger.Books;
import io.sluice.ledger.Changes;
import io.sluice.ledger.Needs;
import io.sluice.ledger.Prior;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TransferId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One tenant's part of a transaction: what it needed, what was read, what is to be written. */
public final class LockedBooks {
  private final Needs needs;
  private final Books books;
  private final Changes changes = new Changes();
  private final Map<AccountId, LockedAccount> accounts = new HashMap<>();
  private final Map<TransferId, StoredTransfer> stored = new HashMap<>();
  private final Set<UUID> unreadKeys = new HashSet<>(0);

  LockedBooks(Needs needs) {
    this.needs = needs;
    this.books = new Books(needs.lotsPerDebit());
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
  void add(AccountState account, String place, long number) {
    AccountRef ref =
        needs
            .account(account.id())
            .orElseThrow(() -> new IllegalStateException("nobody needs " + account.id()));
    books.add(account);
    accounts.put(account.id(), LockedAccount.of(ref, account, place, number));
  }

  /**
   * Whether it was left open if a key has been used up, because that is unlikely. If it has, a
   * second transfer with it cannot be written; but what is not going to be written is only sure
   * once the key has been looked up.
   */
  public boolean isUnread(UUID keyDigest) {
    return unreadKeys.contains(keyDigest);
  }

  void leaveUnread(UUID keyDigest) {
    unreadKeys.add(keyDigest);
  }

  /** Adds who used a key up. */
  void add(UUID keyDigest, Prior prior) {
    unreadKeys.remove(keyDigest);
    books.add(keyDigest, prior);
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
