package io.sluice.dialect.scrip;

import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotFilter;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.scrip.DueLots;
import io.sluice.store.scrip.DueLots.Due;
import io.sluice.store.scrip.DueLots.Place;
import io.vertx.core.Future;
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

  private final Services services;
  private final DueLots due;
  private final Directory directory;
  private final int perRound;
  private final int atOnce;

  /** Where the next round goes on, where one has left something over. */
  private final Map<TenantId, Place> places = new ConcurrentHashMap<>();

  /** What one entry is about. */
  private record Entry(AccountRef account, UUID program, boolean expired) {
    static Entry of(Due lot) {
      return new Entry(lot.account(), lot.program(), lot.expired());
    }

    Action action() {
      return expired ? Action.EXPIRATION : Action.MATURITY;
    }
  }

  /**
   * The work.
   *
   * @param perRound the most lots of a tenant in a round
   * @param atOnce about how many lots are under way at a time
   */
  DueWork(Services services, DueLots due, Directory directory, int perRound, int atOnce) {
    this.services = services;
    this.due = due;
    this.directory = directory;
    this.perRound = perRound;
    this.atOnce = atOnce;
  }

  /** One round: some of what is due of every tenant. */
  Future<?> round() {
    Instant now = services.now();
    return due.tenants(now).compose(tenants -> each(tenants, tenant -> round(tenant, now)));
  }

  private interface Step<T> {
    Future<?> take(T of);
  }

  /** One after the other. */
  private static <T> Future<?> each(List<T> all, Step<T> step) {
    Future<?> done = Future.succeededFuture();
    for (T one : all) {
      done = done.compose(before -> step.take(one));
    }
    return done;
  }

  private Future<?> round(TenantId tenant, Instant now) {
    Place from = places.getOrDefault(tenant, Place.FIRST);
    return directory
        .system(tenant, Names.BREAKAGE)
        .compose(
            breakage ->
                due.of(tenant, now, from, perRound)
                    .compose(
                        lots -> {
                          goOnAfter(tenant, lots);
                          return each(bundles(lots), bundle -> submit(tenant, bundle, breakage));
                        }));
  }

  /** What cannot be done, as its asset is archived, must not keep the rest waiting. */
  private void goOnAfter(TenantId tenant, List<Due> lots) {
    if (lots.size() < perRound) {
      places.remove(tenant);
    } else {
      places.put(tenant, lots.getLast().place());
    }
  }

  /** Entries of so many lots as may be under way at a time. */
  private List<Map<Entry, List<Due>>> bundles(List<Due> lots) {
    var bundles = new ArrayList<Map<Entry, List<Due>>>();
    for (int from = 0; from < lots.size(); from += atOnce) {
      var bundle = new LinkedHashMap<Entry, List<Due>>();
      for (Due lot : lots.subList(from, Math.min(from + atOnce, lots.size()))) {
        bundle.computeIfAbsent(Entry.of(lot), entry -> new ArrayList<>()).add(lot);
      }
      bundles.add(bundle);
    }
    return bundles;
  }

  private Future<?> submit(TenantId tenant, Map<Entry, List<Due>> bundle, HolderId breakage) {
    List<Future<Outcome>> outcomes = new ArrayList<>(bundle.size());
    bundle.forEach(
        (entry, lots) ->
            outcomes.add(services.pipeline().submit(command(tenant, entry, lots, breakage))));
    return Future.join(outcomes).onSuccess(done -> tell(tenant, bundle, outcomes));
  }

  private static void tell(
      TenantId tenant, Map<Entry, List<Due>> bundle, List<Future<Outcome>> outcomes) {
    long posted = outcomes.stream().filter(o -> o.result() instanceof Outcome.Posted).count();
    if (posted > 0) {
      LOG.info(
          "tenant {}: {} of {} entries posted for {} lots that matured or expired",
          tenant.value(),
          posted,
          bundle.size(),
          bundle.values().stream().mapToInt(List::size).sum());
    }
  }

  private TransferCommand command(TenantId tenant, Entry entry, List<Due> lots, HolderId breakage) {
    var ids = new TreeSet<LotId>();
    lots.forEach(lot -> ids.add(lot.place().lot()));
    UUID asset = entry.account().asset().value();
    String description = entry.expired() ? "Lots expired" : "Lots matured";
    return TransferCommand.of(
            Principal.operator(tenant), services.transferId(), entry.action().kind())
        .key(key(entry, ids, lots.getFirst().sequence()))
        .detail(new EntryDetail(entry.program(), asset, description).begin().toText())
        .to(new Intent.Move(List.of(assetIsActive(asset)), List.of(leg(entry, ids, breakage))));
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
