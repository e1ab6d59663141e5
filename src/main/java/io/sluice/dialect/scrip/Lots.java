package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.Lot;
import io.sluice.store.Place;
import io.sluice.store.scrip.Listings;
import io.sluice.store.scrip.ScripStores;
import io.sluice.store.scrip.Walked;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The lots of a participant's LOT balance. */
record Lots(Services services, ScripStores stores, Directory directory, Holders holders) {
  private static final String ASSET = "asset_id";
  private static final Wanted<Status> STATUS = new Reader.Choice<>(List.of(Status.values()));

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
        return lot.status() == LotStatus.EXPIRED ? Status.EXPIRED : Status.CONSUMED;
      }
      Bucket bucket = bucketOf(lot);
      Instant expiryAt = bucket.expiryAt(now);
      return lot.expiresAt().filter(end -> !end.isAfter(expiryAt)).isPresent()
          ? Status.EXPIRED
          : Status.valueOf(bucket.name());
    }

    private Bucket bucketOf(Lot lot) {
      return accounts.entrySet().stream()
          .filter(entry -> entry.getValue().equals(lot.account()))
          .findFirst()
          .map(Map.Entry::getKey)
          .orElseThrow();
    }
  }

  /**
   * What a request asks for.
   *
   * @param reference what lots have to be marked with
   */
  private record Query(
      UUID participant,
      UUID asset,
      Optional<UUID> program,
      Optional<Status> status,
      Optional<Instant> expiresBefore,
      Optional<Instant> expiresAfter,
      Optional<String> reference,
      Page<Place> page) {
    static Query read(Reader reader) {
      UUID participant = reader.pathId();
      UUID asset = reader.requiredQuery(ASSET, Reader.ID);
      Optional<UUID> program = reader.query("program_id", Reader.ID);
      Optional<Status> status = reader.query("status", STATUS);
      Optional<Instant> before = reader.query("expires_before", Reader.TIME);
      Optional<Instant> after = reader.query("expires_after", Reader.TIME);
      Optional<String> reference = reader.query("reference_id", Reader.REFERENCE);
      Page<Place> page =
          Page.read(
              reader,
              "lots",
              PlaceForm.MOMENT,
              participant,
              asset,
              program,
              status,
              before,
              after,
              reference);
      return new Query(participant, asset, program, status, before, after, reference, page);
    }

    Listings.LotQuery of(View view) {
      return new Listings.LotQuery(
          view.accounts().entrySet().stream()
              .filter(entry -> status.isEmpty() || mayHold(status.get(), entry.getKey()))
              .map(Map.Entry::getValue)
              .toList(),
          status.map(Query::standing),
          status.filter(s -> s == Status.HELD).map(s -> Instant.EPOCH).orElse(view.now()),
          expiresBefore,
          expiresAfter,
          program.map(HolderId::new),
          reference,
          page.after());
    }

    private static Listings.Standing standing(Status status) {
      return switch (status) {
        case DEFERRED, AVAILABLE, HELD -> Listings.Standing.LIVE;
        case CONSUMED -> Listings.Standing.CONSUMED;
        case EXPIRED -> Listings.Standing.EXPIRED;
      };
    }

    /** What is held does not expire. */
    private static boolean mayHold(Status status, Bucket bucket) {
      return switch (status) {
        case AVAILABLE, HELD, DEFERRED -> bucket.name().equals(status.name());
        case CONSUMED -> true;
        case EXPIRED -> bucket != Bucket.HELD;
      };
    }
  }

  Future<Answer> list(Caller caller, Call call) {
    Query query = Reader.read(call, Query::read);
    TenantId tenant = caller.tenant();
    return holders
        .byId(tenant, Names.PARTICIPANT, query.participant())
        .compose(holder -> holders.require(tenant, Names.PROGRAM, query.program()).map(holder))
        .compose(
            holder ->
                directory
                    .asset(tenant, query.asset())
                    .map(found -> View.of(lotAsset(query.asset(), found), holder, services.now())))
        .compose(view -> list(tenant, query, view));
  }

  static AssetRules lotAsset(UUID id, Optional<AssetRules> found) {
    AssetRules asset = found.orElseThrow(() -> new ApiException(Errors.notFound("asset", id)));
    if (!asset.lots()) {
      throw new ApiException(
          Errors.invalid(
              FieldError.invalid(ASSET, "a LOT asset", "names a SIMPLE asset, which has no lots")
                  .of(id.toString())));
    }
    return asset;
  }

  private Future<Answer> list(TenantId tenant, Query query, View view) {
    return page(tenant, query, view)
        .compose(
            page ->
                stores
                    .lots()
                    .findAll(tenant, page.items())
                    .map(
                        found ->
                            Slice.answer(
                                query.page(),
                                page.items().stream().map(found::get).toList(),
                                page.next().map(PlaceForm::parts),
                                (json, lot) -> write(json, lot, view))));
  }

  private Future<Walked<LotId>> page(TenantId tenant, Query query, View view) {
    return stores.listings().lots(tenant, query.of(view), query.page().limit());
  }

  private static void write(JsonWriter json, Lot lot, View view) {
    json.uuid("id", lot.id().value())
        .uuid(ASSET, view.asset().id().value())
        .text("amount", view.asset().text(lot.amount()))
        .text("remaining", view.asset().text(lot.remaining()))
        .text("status", view.status(lot).name())
        .time("created_at", lot.createdAt())
        .time("expires_at", lot.expiresAt().orElse(null))
        .time("matures_at", lot.marks().maturesAt().orElse(null));
    lot.marks().reference().ifPresent(text -> json.text("reference_id", text));
  }
}
