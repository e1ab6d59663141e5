package io.sluice.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The part of one tenant's books that a batch touches: locked, read, then changed in memory while
 * the batch's commands are decided one after another.
 */
public final class Books {
  private final Map<AccountId, AccountState> accounts = new HashMap<>();
  private final Map<UUID, Prior> priors = new HashMap<>();
  private final Map<HolderId, HolderStatus> holders = new HashMap<>();
  private final Map<HolderId, Amount> ceilings = new HashMap<>(0);
  private final Map<LotId, LotState> lots = new HashMap<>();
  private final Map<AccountId, List<LotState>> queues = new HashMap<>();
  private final Map<AccountId, LotState> horizons = new HashMap<>(0);
  private final List<LotState> chosen = new ArrayList<>(0);
  private final Map<LotView.Key, List<LotState>> views = new HashMap<>(0);
  private final Map<LotView.Key, LotState> ends = new HashMap<>(0);
  private final Map<TransferId, List<Taken>> takings = new HashMap<>(0);
  private final LotLimit lotLimit;

  /** A lot, and how much of it a transfer once took. */
  record Taken(LotState lot, Amount amount) {}

  /**
   * What an account can pay from at the moment.
   *
   * @param lots the oldest first, also such as are used up or have expired
   * @param areAll whether it has no other lots; if it has, all of these are older
   */
  record Payable(List<LotState> lots, boolean areAll) {}

  /**
   * Empty books.
   *
   * @param lotLimit how many lots are read of each account; one more tells that there are more
   */
  public Books(LotLimit lotLimit) {
    this.lotLimit = lotLimit;
  }

  public void add(AccountState account) {
    accounts.put(account.id(), account);
  }

  public void add(UUID keyDigest, Prior prior) {
    priors.put(keyDigest, prior);
  }

  public void add(HolderId holder, HolderStatus status) {
    holders.put(holder, status);
  }

  /** Adds the ceiling that a holder carries. */
  public void add(HolderId holder, Amount ceiling) {
    ceilings.put(holder, ceiling);
  }

  /** Adds a lot that a command names, unless it is here already. */
  public void add(LotState lot) {
    lots.putIfAbsent(lot.id(), lot);
  }

  /**
   * Adds a lot to the end of its account's queue, from which debits are paid first in, first out. A
   * lot that is here already, because a command names it too, stays the one that it is. The first
   * lot beyond the limit only tells that there are more.
   */
  public void enqueue(LotState lot) {
    List<LotState> queue = queues.computeIfAbsent(lot.account(), a -> new ArrayList<>());
    if (queue.size() >= lotLimit.lots()) {
      horizons.put(lot.account(), queue.getLast());
      return;
    }
    LotState known = lots.putIfAbsent(lot.id(), lot);
    queue.add(known == null ? lot : known);
  }

  /**
   * Adds a lot to those that one command, which has these books to itself, chooses from: the oldest
   * first. The first one beyond the limit only tells that there are more.
   */
  public void choose(LotState lot) {
    lots.putIfAbsent(lot.id(), lot);
    chosen.add(lot);
  }

  /** The lots to choose from. */
  Payable chosen() {
    int most = lotLimit.lots();
    return chosen.size() > most
        ? new Payable(chosen.subList(0, most), false)
        : new Payable(chosen, true);
  }

  /**
   * Adds a lot to the end of a view, before any that is read without its marks. The first lot
   * beyond the limit only tells that there are more.
   */
  public void add(LotView view, LotState lot) {
    List<LotState> seen = views.computeIfAbsent(view.key(), key -> new ArrayList<>());
    if (seen.size() >= lotLimit.lots()) {
      ends.put(view.key(), seen.getLast());
      return;
    }
    LotState known = lots.putIfAbsent(lot.id(), lot);
    seen.add(known == null ? lot : known);
  }

  /**
   * Adds a lot of which a transfer once took something, before any that is read without its marks.
   * The first lot beyond the limit only tells that there are more.
   */
  public void add(TransferId transfer, LotState lot, Amount amount) {
    LotState known = lots.putIfAbsent(lot.id(), lot);
    takings
        .computeIfAbsent(transfer, id -> new ArrayList<>())
        .add(new Taken(known == null ? lot : known, amount));
  }

  /** What a transfer took, the oldest lots first. */
  List<Taken> taken(TransferId transfer) {
    return takings.getOrDefault(transfer, List.of()).stream()
        .sorted(Comparator.comparing(Taken::lot, LotState.FIFO))
        .toList();
  }

  /** Whether all of it was read. */
  boolean hasAllTaken(TransferId transfer) {
    return taken(transfer).size() <= lotLimit.lots();
  }

  public boolean hasAccount(AccountId id) {
    return accounts.containsKey(id);
  }

  public Collection<AccountState> accounts() {
    return accounts.values();
  }

  public Collection<LotState> lots() {
    return lots.values();
  }

  /**
   * A locked account.
   *
   * @throws IllegalStateException when the batch did not lock it, or took it for one of another
   *     kind: a defect
   */
  AccountState account(AccountRef ref) {
    AccountState account = accounts.get(ref.id());
    Defect.unless(account != null, "account", ref.id().value(), "is not locked");
    Defect.unless(account.kind() == ref.kind(), "account", ref.id().value(), "is of another kind");
    return account;
  }

  Optional<Prior> prior(IdempotencyKey key) {
    return Optional.ofNullable(priors.get(key.digest()));
  }

  Optional<HolderStatus> status(HolderId holder) {
    return Optional.ofNullable(holders.get(holder));
  }

  Optional<Amount> ceiling(HolderId holder) {
    return Optional.ofNullable(ceilings.get(holder));
  }

  Optional<LotState> lot(LotId id) {
    return Optional.ofNullable(lots.get(id));
  }

  /** Whether a command that needs more lots than were read is to be decided elsewhere. */
  boolean isShared() {
    return !lotLimit.isAlone();
  }

  List<LotState> queue(AccountId account) {
    return queues.getOrDefault(account, List.of());
  }

  /** Whatever is younger than the last lot that was read has to wait for those that were not. */
  Payable payable(AccountId account) {
    List<LotState> queue = queue(account);
    LotState horizon = horizons.get(account);
    if (horizon == null) {
      return new Payable(queue, true);
    }
    int end = queue.size();
    while (end > 0 && LotState.FIFO.compare(queue.get(end - 1), horizon) > 0) {
      end--;
    }
    return new Payable(queue.subList(0, end), false);
  }

  /**
   * The lots that a filter may select from on an account, among others: what was read for it, and
   * what has come since.
   */
  Payable selectable(AccountId account, LotFilter filter) {
    if (filter.isById()) {
      return new Payable(
          filter.lots().stream()
              .map(lots::get)
              .filter(Objects::nonNull)
              .sorted(LotState.FIFO)
              .toList(),
          true);
    }
    var key = new LotView.Key(account, filter);
    var found = new TreeSet<LotState>(LotState.FIFO);
    found.addAll(views.getOrDefault(key, List.of()));
    queue(account).stream().filter(LotState::hasMarks).forEach(found::add);
    LotState end = ends.get(key);
    return end == null
        ? new Payable(List.copyOf(found), true)
        : new Payable(List.copyOf(found.headSet(end, true)), false);
  }

  /** Takes a lot that leaves its account whole out of the account's queue. */
  void depart(LotState lot) {
    List<LotState> queue = queues.get(lot.account());
    if (queue != null) {
      queue.remove(lot);
    }
  }

  /** Puts a lot that came to an account during the batch where first in, first out wants it. */
  void arrive(LotState lot) {
    lots.put(lot.id(), lot);
    List<LotState> queue = queues.computeIfAbsent(lot.account(), a -> new ArrayList<>());
    int place = queue.size();
    while (place > 0 && LotState.FIFO.compare(queue.get(place - 1), lot) > 0) {
      place--;
    }
    queue.add(place, lot);
  }
}
