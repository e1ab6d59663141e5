package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.isometric.Errors.Model;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.Batch;
import io.sluice.store.isometric.BatchFilter;
import io.sluice.store.isometric.BatchStore;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Credit batches, to be read by anybody in the registry. */
final class CreditBatches {
  private static final List<String> STATUSES =
      Stream.of(LotStatus.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList();

  /** An id that no credit batch has anything to do with. */
  private static final UUID NOTHING = new UUID(0, 0);

  private final Gate gate;
  private final Directory directory;
  private final BatchStore batches;
  private final BatchDetail view;
  private final IdCodec codec;

  CreditBatches(Gate gate, Directory directory, BatchStore batches, IdCodec codec) {
    this.gate = gate;
    this.directory = directory;
    this.batches = batches;
    this.view = new BatchDetail(codec);
    this.codec = codec;
  }

  /** {@code GET /credit_batches/{id}}. */
  Future<Answer> get(Call call) {
    return gate.caller(call)
        .compose(
            caller -> {
              String id = Query.read(call, Query::pathId);
              return find(caller.tenant(), id)
                  .map(
                      batch ->
                          batch.orElseThrow(
                              () -> new ApiException(Errors.notFound(Model.CREDIT_BATCH, id))));
            })
        .map(batch -> Answer.json(200, view.write(JsonWriter.object(), batch).toBuffer()));
  }

  private Future<Optional<Batch>> find(TenantId tenant, String id) {
    return codec
        .decode(IdPrefix.CREDIT_BATCH, id)
        .map(uuid -> batches.findAll(tenant, List.of(new LotId(uuid))))
        .orElse(Future.succeededFuture(List.of()))
        .map(found -> found.stream().findFirst());
  }

  /** {@code GET /organisations/{id}/credit_batches}. */
  Future<Answer> ofOrganisation(Call call) {
    return gate.caller(call)
        .compose(
            caller -> {
              var problems = new Problems();
              var query = new Query(call, problems);
              String id = query.pathId();
              Page relay = Page.read("credit_batches", query);
              BatchFilter filter = filter(id, query);
              boolean ascending = ascending(query);
              problems.throwIfAny();
              return directory
                  .requireOrganisation(caller.tenant(), codec, id)
                  .compose(found -> page(caller.tenant(), relay, filter, ascending));
            });
  }

  private Future<Answer> page(TenantId tenant, Page relay, BatchFilter filter, boolean ascending) {
    return batches
        .list(filter, relay.window(tenant), ascending)
        .compose(
            found ->
                batches
                    .count(tenant, filter)
                    .map(total -> relay.page(found, total, b -> b.id().value(), view::write)));
  }

  private BatchFilter filter(String organisation, Query query) {
    UUID owner = codec.decode(IdPrefix.ORGANISATION, organisation).orElse(NOTHING);
    // Neither orders nor retirements are kept here, so no batch belongs to one.
    boolean impossible =
        Stream.of(query.id("order_id"), query.id("retirement_id")).anyMatch(Optional::isPresent);
    Optional<UUID> delivery = id(query, "delivery_id", IdPrefix.DELIVERY);
    return new BatchFilter(
        Names.account(new HolderId(owner)).id(),
        statuses(query.someOf("status", STATUSES)),
        id(query, "supplier_id", IdPrefix.SUPPLIER),
        id(query, "project_id", IdPrefix.PROJECT),
        id(query, "issuance_id", IdPrefix.ISSUANCE),
        impossible ? Optional.of(NOTHING) : delivery,
        query.time("issued_after"),
        query.time("issued_before"));
  }

  private Optional<UUID> id(Query query, String name, IdPrefix prefix) {
    return query.id(name).map(text -> codec.decode(prefix, text).orElse(NOTHING));
  }

  /** Split batches are left out unless asked for. */
  private static Set<LotStatus> statuses(List<String> words) {
    return words.isEmpty()
        ? EnumSet.of(LotStatus.ACTIVE, LotStatus.RETIRED)
        : words.stream()
            .filter(STATUSES::contains)
            .map(word -> LotStatus.valueOf(word.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
  }

  private static boolean ascending(Query query) {
    query.oneOf("sort_field", List.of("issued_at"));
    return query.oneOf("sort_direction", List.of("asc", "desc")).filter("asc"::equals).isPresent();
  }
}
