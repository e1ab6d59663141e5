package io.sluice.store;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Which of some accounts others had locked at a moment, and which there were not yet. */
public final class RowLocks {
  private final Set<UUID> locked = new HashSet<>();
  private final Set<UUID> absent = new HashSet<>();

  RowLocks() {}

  void expect(UUID account) {
    absent.add(account);
  }

  void found(UUID account, boolean free) {
    absent.remove(account);
    if (!free) {
      locked.add(account);
    }
  }

  /** Ids of accounts that somebody else had locked. */
  public Set<UUID> locked() {
    return Collections.unmodifiableSet(locked);
  }

  /** Ids of accounts that did not exist: they are opened while their holder is locked. */
  public Set<UUID> absent() {
    return Collections.unmodifiableSet(absent);
  }
}
