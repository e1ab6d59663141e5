package io.sluice.dialect.scrip;

import io.sluice.dialect.Chore;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.Digest;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal.NothingToMove;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotFilter;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.scrip.DueLots;
import io.sluice.store.scrip.DueLots.Due;
import io.sluice.store.scrip.DueLots.Place;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matures and expires lots whose time has come. Each gateway does so; whether a lot is still due is
 * decided under the lock of its account, so none matures or expires twice, whoever is faster and
 * whatever is cut off in between. Few lots are under way at a time, so that transfers hardly wait.
 */
final class DueWork {
  private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);

  /** Who has something due is asked this often while a lot is. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  /** What was refused is tried again each time, with all that came before it, if it is little. */
  private static final int FEW_ROUNDS = 10;

  /** Where it is many, after so long. */
  private static final Duration PASSED_OVER = Duration.ofMinutes(10);

  private final Services services;
  private final DueLots due;
  private final Directory directory;
  private final Events events;
  private final int atOnce;

  /** Who is known to have something due. */
  private final Map<TenantId, Long> waiting = new ConcurrentHashMap<>();

  /**
   * Up to where this has come. Beginning anew each time would mean to look at all that is done, as
   * long as the database keeps it.
   */
  private final Map<TenantId, Place> places = new ConcurrentHashMap<>();

  /** How many rounds since the beginning met lots that stay due, as those of archived assets do. */
  private final Map<TenantId, Integer> refusals = new ConcurrentHashMap<>();

  /** Who has many of these; they are passed over so long. */
  private final Map<TenantId, Instant> passedOver = new ConcurrentHashMap<>();

  private volatile Instant asked = Instant.MIN;

  /** What one entry is about. */
  private record Entry(AccountRef account, String holderKind, UUID program, boolean expired) {
    static Entry of(Due lot) {
      return new Entry(lot.account(), lot.holderKind(), lot.program(), lot.expired());
    }

    Action action() {
      return expired ? Action.EXPIRATION : Action.MATURITY;
    }

    UUID asset() {
      return account.asset().value();
    }

    EntryDetail detail() {
      return new EntryDetail(program, asset(), expired ? "Lots expired" : "Lots matured");
    }
  }

  /** What became of an entry. */
  private enum Fate {
    /** By this gateway or another one. */
    DONE,
    REFUSED,
    NOT_TRIED
  }

  /**
   * The work.
   *
   * @param atOnce the most lots of a tenant in a round, which are under way together
   */
  DueWork(Services services, DueLots due, Directory directory, Events events, int atOnce) {
    this.services = services;
    this.due = due;
    this.directory = directory;
    this.events = events;
    this.atOnce = atOnce;
  }

  /** One round: some of what is due of every tenant, one after the other. */
  Future<Chore.Round> round() {
    Instant now = services.now();
    return ask(now)
        .compose(
            known -> {
              Future<Chore.Round> all = Future.succeededFuture(Chore.Round.IDLE);
              for (Map.Entry<TenantId, Long> each : known.entrySet()) {
                all = all.compose(before -> round(each, now).map(before::and));
              }
              return all;
            });
  }

  private Future<Map<TenantId, Long>> ask(Instant now) {
    if (!waiting.isEmpty() && asked.plus(ASK_AGAIN).isAfter(now)) {
      return Future.succeededFuture(Map.copyOf(waiting));
    }
    return due.tenants(now)
        .map(
            found -> {
              asked = now;
              found.forEach(each -> waiting.put(each.tenant(), each.lots()));
              return Map.copyOf(waiting);
            });
  }

  /** Where one tenant's fails, the others have their turn all the same. */
  private Future<Chore.Round> round(Map.Entry<TenantId, Long> counted, Instant now) {
    TenantId tenant = counted.getKey();
    return directory
        .system(tenant, Names.BREAKAGE)
        .compose(breakage -> round(tenant, breakage, now))
        .recover(
            failure -> {
              LOG.warn("tenant {}: due lots wait: {}", tenant.value(), failure.getMessage());
              waiting.remove(tenant);
              return Future.succeededFuture(Duration.ZERO);
            })
        .map(lag -> new Chore.Round(counted.getValue(), lag, waiting.containsKey(tenant)));
  }

  /** How long ago the first of what was found became due. */
  private Future<Duration> round(TenantId tenant, HolderId breakage, Instant now) {
    return due.of(tenant, now, from(tenant, now), atOnce)
        .compose(
            lots ->
                submit(tenant, lots, breakage)
                    .map(
                        fates -> {
                          goOn(tenant, lots, fates, now);
                          return lots.isEmpty()
                              ? Duration.ZERO
                              : Duration.between(lots.getFirst().place().dueAt(), now);
                        }));
  }

  private Place from(TenantId tenant, Instant now) {
    if (!passedOver.getOrDefault(tenant, Instant.MAX).isAfter(now)) {
      passedOver.remove(tenant);
      places.remove(tenant);
    }
    return places.getOrDefault(tenant, Place.FIRST);
  }

  /** What is refused must not keep the rest waiting; what was not tried is, after a pause. */
  private void goOn(TenantId tenant, List<Due> lots, List<Fate> fates, Instant now) {
    if (fates.contains(Fate.NOT_TRIED)) {
      waiting.remove(tenant);
      return;
    }
    if (fates.contains(Fate.REFUSED) && refusals.merge(tenant, 1, Integer::sum) > FEW_ROUNDS) {
      passedOver.putIfAbsent(tenant, now.plus(PASSED_OVER));
    }
    if (!lots.isEmpty()) {
      places.put(tenant, lots.getLast().place());
    }
    if (lots.size() < atOnce) {
      waiting.remove(tenant);
      refusals.remove(tenant);
      if (!passedOver.containsKey(tenant)) {
        places.remove(tenant);
      }
    }
  }

  private Future<List<Fate>> submit(TenantId tenant, List<Due> lots, HolderId breakage) {
    var entries = new LinkedHashMap<Entry, List<Due>>();
    for (Due lot : lots) {
      entries.computeIfAbsent(Entry.of(lot), entry -> new ArrayList<>()).add(lot);
    }
    List<Future<Outcome>> outcomes = new ArrayList<>(entries.size());
    entries.forEach((entry, of) -> outcomes.add(submit(tenant, entry, of, breakage)));
    return Future.join(outcomes)
        .map(done -> outcomes.stream().map(outcome -> fate(outcome.result())).toList());
  }

  private static Fate fate(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Posted posted -> Fate.DONE;
      case Outcome.Replayed replayed -> Fate.DONE;
      case Outcome.Conflict conflict -> Fate.REFUSED;
      case Outcome.Refused refused -> fate(refused.reason());
      case Outcome.Overloaded overloaded -> Fate.NOT_TRIED;
      case Outcome.Expired expired -> Fate.NOT_TRIED;
      case Outcome.Unavailable unavailable -> Fate.NOT_TRIED;
    };
  }

  private static Fate fate(Refusal reason) {
    return reason instanceof NothingToMove ? Fate.DONE : Fate.REFUSED;
  }

  private Future<Outcome> submit(TenantId tenant, Entry entry, List<Due> lots, HolderId breakage) {
    TransferId id = services.transferId();
    var ids = new TreeSet<LotId>();
    lots.forEach(lot -> ids.add(lot.place().lot()));
    var command =
        TransferCommand.of(Principal.operator(tenant), id, entry.action().kind())
            .key(key(entry, ids, lots.getFirst().sequence()))
            .detail(entry.detail().begin().toText());
    return told(tenant, entry, id)
        .compose(
            events ->
                services
                    .pipeline()
                    .submit(
                        command
                            .events(events)
                            .to(
                                new Intent.Move(
                                    List.of(assetIsActive(entry.asset())),
                                    List.of(leg(entry, ids, breakage))))));
  }

  /** Of what matures, nothing is told: the provider has no event for it. */
  private Future<EventSource> told(TenantId tenant, Entry entry, TransferId id) {
    if (!entry.expired() || !events.wanted(tenant)) {
      return Future.succeededFuture(EventSource.NONE);
    }
    AccountRef account = entry.account();
    var change =
        new BalanceChange(entry.holderKind(), account.holder(), entry.detail(), account.bucket());
    return directory
        .asset(tenant, entry.asset())
        .map(
            asset ->
                events.of(
                    tenant,
                    EventType.BALANCE_EXPIRED,
                    id.value(),
                    (json, receipt) -> change.write(json, asset.orElseThrow(), receipt)));
  }

  /** An archived asset takes no new entry of any kind. */
  private static Check assetIsActive(UUID asset) {
    return new Check.HolderStatusIn(
        new HolderId(asset),
        Set.of(HolderStatus.ACTIVE),
        new ErrorAnswer(() -> Errors.assetInactive(asset)));
  }

  private static Leg leg(Entry entry, Set<LotId> lots, HolderId breakage) {
    AccountRef from = entry.account();
    AccountRef to =
        entry.expired()
            ? AssetRules.system(from.asset(), breakage)
            : AccountRef.of(from.holder(), from.asset(), Bucket.AVAILABLE, from.kind());
    var state = entry.expired() ? LotFilter.State.EXPIRED : LotFilter.State.MATURED;
    var rule =
        new LotRule.Selected(
            LotFilter.due(lots, state), LotRule.Extent.AT_MOST, new LotRule.Stamp.Kept());
    return Leg.of(from, to, Amount.MAX, rule);
  }

  /** Gateways that have seen the same ask for the same; a lot that comes back is due again. */
  private static IdempotencyKey key(Entry entry, Set<LotId> lots, long sequence) {
    Digest wish =
        Digest.start()
            .add(entry.action().kind())
            .add(entry.account().id().value())
            .add(Long.toString(sequence))
            .add(entry.program());
    lots.forEach(lot -> wish.add(lot.value()));
    String text = wish.toUuid().toString();
    return IdempotencyKey.of("scrip.due", text, Digest.start().add(text));
  }
}
