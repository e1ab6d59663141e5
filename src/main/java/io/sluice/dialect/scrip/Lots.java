package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.Bucket;
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
record Lots(Services services, ScripStores stores, Directory directory, Holders holders) {
  private static final String LIST = "lots";
  private static final Wanted<Status> STATUS = new Reader.Choice<>(List.of(Status.values()));
  private static final Reader.After<Listings.Place> PLACE =
      new Reader.After<>(LIST, 3, Lots::place);

  enum Status {
    DEFERRED,
    AVAILABLE,
    HELD,
    CONSUMED,
    EXPIRED
  }

  /** What a request asks for, and what its answer is made of. */
  private record View(AssetRules asset, Map<Bucket, AccountId> accounts, Instant now) {
    static View of(AssetRules asset, Holder holder, Instant now) {
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
        Reader.query(call, "asset_id", Reader.ID)
            .orElseThrow(() -> Reader.refusal("asset_id is required"));
    return holders
        .named(caller, call, Names.PARTICIPANT)
        .compose(
            holder ->
                directory
                    .asset(caller.tenant(), asset)
                    .map(found -> View.of(lotAsset(asset, found), holder, services.now())))
        .compose(view -> list(caller, call, view));
  }

  private static AssetRules lotAsset(UUID id, Optional<AssetRules> found) {
    AssetRules asset = found.orElseThrow(() -> new ApiException(Errors.notFound("asset", id)));
    if (!asset.lots()) {
      throw Reader.refusal("asset_id names a SIMPLE asset, which has no lots");
    }
    return asset;
  }

  private Future<Answer> list(Caller caller, Call call, View view) {
    int limit = Reader.limit(call);
    return stores
        .listings()
        .lots(caller.tenant(), query(call, view), limit)
        .compose(page -> answer(caller.tenant(), page, view));
  }

  private Future<Answer> answer(TenantId tenant, Listings.LotPage page, View view) {
    return stores
        .lots()
        .findAll(tenant, page.lots())
        .map(
            found ->
                Slice.answer(
                    page.lots().stream().map(found::get).toList(),
                    page.next().map(Lots::cursor),
                    (json, lot) -> write(json, lot, view)));
  }

  private static Listings.LotQuery query(Call call, View view) {
    Optional<Status> status = Reader.query(call, "status", STATUS);
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
        Reader.query(call, "expires_before", Reader.TIME),
        Reader.query(call, "expires_after", Reader.TIME),
        Reader.after(call, PLACE));
  }

  private static Optional<Bucket> bucket(Status status) {
    return switch (status) {
      case AVAILABLE -> Optional.of(Bucket.AVAILABLE);
      case HELD -> Optional.of(Bucket.HELD);
      case DEFERRED -> Optional.of(Bucket.DEFERRED);
      case CONSUMED, EXPIRED -> Optional.empty();
    };
  }

  private static Optional<Listings.Place> place(List<String> cursor) {
    return Timestamps.parse(cursor.get(1))
        .flatMap(at -> Values.uuid(cursor.get(2)).map(id -> new Listings.Place(at, id)));
  }

  private static String[] cursor(Listings.Place place) {
    return new String[] {LIST, Timestamps.format(place.createdAt()), place.id().toString()};
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
