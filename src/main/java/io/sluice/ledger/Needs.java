package io.sluice.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What must be locked and read before the commands of one tenant can be decided. */
public final class Needs {
  private final TenantId tenant;
  private final List<TransferCommand> commands;
  private final LotLimit limit;
  private final Map<AccountId, AccountRef> accounts = new LinkedHashMap<>();
  private final Set<UUID> keys = new LinkedHashSet<>();
  private final Set<LotId> lots = new LinkedHashSet<>();
  private final Set<LotId> newLots = new LinkedHashSet<>();
  private final Map<AccountId, BigInteger> lotDebits = new LinkedHashMap<>();
  private final Map<AccountId, BigInteger> namedDebits = new HashMap<>(0);
  private final Set<HolderId> holders = new LinkedHashSet<>();
  private Optional<Leg> oldest = Optional.empty();
  private final List<Leg> selections = new ArrayList<>(0);
  private final Map<TransferId, AccountId> takings = new LinkedHashMap<>(0);

  /** What these commands need; all are of this tenant. */
  public Needs(TenantId tenant, List<TransferCommand> commands, LotLimit limit) {
    this.tenant = tenant;
    this.limit = limit;
    this.commands = List.copyOf(commands);
    this.commands.forEach(this::add);
    // A lot that is named, and gone, pays nothing more: others have to be there in its place.
    lotDebits.replaceAll((account, sum) -> sum.add(named(account)));
  }

  private void add(TransferCommand command) {
    command.key().ifPresent(key -> keys.add(key.digest()));
    for (Check check : command.intent().checks()) {
      switch (check) {
        case Check.OfHolder of -> holders.add(of.holder());
        case Check.AccountStatusIn in -> accounts.put(in.account().id(), in.account());
      }
    }
    command.legs().forEach(this::add);
  }

  private void add(Leg leg) {
    accounts.put(leg.debit().id(), leg.debit());
    accounts.put(leg.credit().id(), leg.credit());
    switch (leg.lots()) {
      case LotRule.Named named -> {
        namedDebits.merge(leg.debit().id(), leg.amount().units(), BigInteger::add);
        lots.add(named.lot());
        addNew(named.children());
      }
      case LotRule.Oldest rule -> {
        addNew(rule.children());
        oldest = Optional.of(leg).filter(only -> limit.isAlone());
      }
      case LotRule.Selected selected -> {
        if (leg.debit().kind() == AccountKind.LOT) {
          namedDebits.merge(leg.debit().id(), leg.amount().units(), BigInteger::add);
          selections.add(leg);
        }
      }
      case LotRule.Issue issue -> newLots.add(issue.lot());
      case LotRule.Automatic automatic -> addOldest(leg);
      case LotRule.Restore restore -> {
        addOldest(leg);
        takings.put(restore.taken(), leg.credit().id());
      }
    }
  }

  private void addOldest(Leg leg) {
    if (leg.debit().kind() == AccountKind.LOT) {
      lotDebits.merge(leg.debit().id(), leg.amount().units(), BigInteger::add);
    }
  }

  private void addNew(LotRule.Children children) {
    newLots.add(children.left());
    newLots.add(children.right());
  }

  private BigInteger named(AccountId account) {
    return namedDebits.getOrDefault(account, BigInteger.ZERO);
  }

  public TenantId tenant() {
    return tenant;
  }

  /** The commands in the order of their arrival. */
  public List<TransferCommand> commands() {
    return commands;
  }

  /** Every account whose balance or status decides an answer. */
  public Collection<AccountRef> accounts() {
    return accounts.values();
  }

  /** One of these accounts, as a command names it. */
  public Optional<AccountRef> account(AccountId id) {
    return Optional.ofNullable(accounts.get(id));
  }

  /** The digests of the idempotency keys. */
  public Set<UUID> keys() {
    return keys;
  }

  /** The lots that commands name. */
  public Set<LotId> lots() {
    return lots;
  }

  /** The lots that commands select by their ids, to be read with their marks. */
  public Set<LotId> selectedLots() {
    var ids = new LinkedHashSet<LotId>(0);
    selections.forEach(leg -> ids.addAll(filter(leg).lots()));
    return ids;
  }

  /**
   * The lots that commands select by anything else. What others of the commands take from the same
   * account may be the very same lots, so that as much more has to be there.
   */
  public Collection<LotView> lotViews() {
    var views = new LinkedHashMap<LotView.Key, LotView>(0);
    for (Leg leg : selections) {
      if (!filter(leg).isById()) {
        AccountRef account = leg.debit();
        // What is paid from the oldest lots includes what is taken in other ways.
        BigInteger taken = lotDebits.getOrDefault(account.id(), named(account.id()));
        var view = new LotView(account, filter(leg), taken);
        views.put(view.key(), view);
      }
    }
    return views.values();
  }

  private static LotFilter filter(Leg leg) {
    return ((LotRule.Selected) leg.lots()).filter();
  }

  /**
   * The ids that commands bring for lots that are to come into being. A dialect draws them, so
   * another process may have drawn the same.
   */
  public Set<LotId> newLots() {
    return newLots;
  }

  /**
   * The accounts that pay from their oldest lots, and how much these must hold at most: what is
   * paid from them, and what else the commands take away by name.
   */
  public Map<AccountId, BigInteger> lotDebits() {
    return lotDebits;
  }

  /** The leg of a command that is alone which takes the oldest lots that its rule chooses. */
  public Optional<Leg> oldest() {
    return oldest;
  }

  /** Earlier transfers, and the accounts that are to get back what each took of their lots. */
  public Map<TransferId, AccountId> takings() {
    return takings;
  }

  /** How many lots are read of each account that pays from its oldest ones. */
  public LotLimit lotsPerDebit() {
    return limit.isAlone() && lotDebits.size() > 1
        ? new LotLimit(limit.lots() / lotDebits.size(), true)
        : limit;
  }

  /**
   * The holders whose status or ceiling is asked for without an account of theirs being touched.
   */
  public Set<HolderId> holders() {
    return holders;
  }
}
