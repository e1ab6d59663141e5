package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.Lot;
import io.sluice.store.scrip.Listings;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The lots of a participant's LOT balance. */
final class Lots {
  private static final String LIST = "lots";

  private final ScripStores stores;
  private final Directory directory;
  private final Holders holders;

  Lots(ScripStores stores, Directory directory, Holders holders) {
    this.stores = stores;
    this.directory = directory;
    this.holders = holders;
  }

  enum Status {
    DEFERRED,
    AVAILABLE,
    HELD,
    CONSUMED,
    EXPIRED
  }

  /** What a request asks for, and what its answer is made of. */
  private record View(ScripAsset asset, Map<Bucket, AccountId> accounts, Instant now) {
    static View of(ScripAsset asset, Holder holder, Instant now) {
      var accounts = new EnumMap<Bucket, AccountId>(Bucket.class);
      for (Bucket bucket : Bucket.values()) {
        accounts.put(bucket, asset.account(holder.id(), bucket).id());
      }
      return new View(asset, accounts, now);
    }

    Status status(Lot lot) {
      if (lot.remaining().isZero()) {
        return Status.CONSUMED;
      }
      if (lot.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
        return Status.EXPIRED;
      }
      return accounts.entrySet().stream()
          .filter(entry -> entry.getValue().equals(lot.account()))
          .findFirst()
          .map(entry -> Status.valueOf(entry.getKey().name()))
          .orElseThrow();
    }
  }

  Future<Answer> list(Caller caller, Call call) {
    UUID asset =
        Queries.uuid(call, "asset_id").orElseThrow(() -> Fields.refuse("asset_id is required"));
    return holders
        .named(caller, call, Names.PARTICIPANT)
        .compose(
            holder ->
                directory
                    .asset(caller.tenant(), asset)
                    .map(found -> View.of(lotAsset(asset, found), holder, holders.now())))
        .compose(view -> list(caller, call, view));
  }

  private static ScripAsset lotAsset(UUID id, Optional<ScripAsset> found) {
    ScripAsset asset =
        found.orElseThrow(() -> ScripErrors.thrown(ScripErrors.notFound("asset", id)));
    if (!asset.lots()) {
      throw Fields.refuse("asset_id names a SIMPLE asset, which has no lots");
    }
    return asset;
  }

  private Future<Answer> list(Caller caller, Call call, View view) {
    int limit = Queries.limit(call);
    return stores
        .listings()
        .lots(caller.tenant(), query(call, view), limit + 1)
        .compose(ids -> load(caller.tenant(), Page.of(ids, limit)))
        .map(page -> page.answer(Lots::cursor, (json, lot) -> write(json, lot, view)));
  }

  private Future<Page<Lot>> load(TenantId tenant, Page<LotId> page) {
    return stores.lots().findAll(tenant, page.items()).map(found -> page.map(found::get));
  }

  private static Listings.LotQuery query(Call call, View view) {
    Optional<Status> status = Queries.choice(call, "status", Status.class);
    Optional<Boolean> expired =
        status.filter(s -> s != Status.CONSUMED).map(s -> s == Status.EXPIRED);
    return new Listings.LotQuery(
        status
            .flatMap(Lots::bucket)
            .map(bucket -> List.of(view.accounts().get(bucket)))
            .orElseGet(() -> List.copyOf(view.accounts().values())),
        status.map(s -> s == Status.CONSUMED),
        expired,
        view.now(),
        Queries.time(call, "expires_before"),
        Queries.time(call, "expires_after"),
        after(call));
  }

  private static Optional<Bucket> bucket(Status status) {
    return switch (status) {
      case AVAILABLE -> Optional.of(Bucket.AVAILABLE);
      case HELD -> Optional.of(Bucket.HELD);
      case DEFERRED -> Optional.of(Bucket.DEFERRED);
      case CONSUMED, EXPIRED -> Optional.empty();
    };
  }

  private static Optional<Listings.Place> after(Call call) {
    return Queries.cursor(call, LIST, 3)
        .map(
            parts ->
                new Listings.Place(
                    Timestamps.parse(parts.get(1)).orElseThrow(Queries::badCursor),
                    Values.uuid(parts.get(2)).orElseThrow(Queries::badCursor)));
  }

  private static String[] cursor(Lot lot) {
    return new String[] {LIST, Timestamps.format(lot.createdAt()), lot.id().value().toString()};
  }

  private static void write(JsonWriter json, Lot lot, View view) {
    json.uuid("id", lot.id().value())
        .uuid("asset_id", view.asset().id().value())
        .text("amount", view.asset().text(lot.amount()))
        .text("remaining", view.asset().text(lot.remaining()))
        .text("status", view.status(lot).name())
        .time("created_at", lot.createdAt());
    lot.expiresAt().ifPresent(end -> json.time("expires_at", end));
  }
}
