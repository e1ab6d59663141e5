package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
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

/** Credit batches: any by its id, and those of an organisation. */
record CreditBatches(Directory directory, BatchStore batches, BatchDetail detail, IdCodec codec) {
  private static final List<String> STATUSES =
      Stream.of(LotStatus.ACTIVE, LotStatus.SPLIT, LotStatus.RETIRED)
          .map(s -> s.name().toLowerCase(Locale.ROOT))
          .toList();

  private static final Wanted<String> SORT_FIELD = new Wanted.OneOf(List.of("issued_at"));
  private static final Wanted<String> SORT_DIRECTION = new Wanted.OneOf(List.of("asc", "desc"));

  /** An id that no credit batch has anything to do with. */
  private static final UUID NOTHING = new UUID(0, 0);

  /** {@code GET /credit_batches/{id}}. */
  Future<Answer> get(TenantId tenant, Call call) {
    return directory
        .require(IdPrefix.CREDIT_BATCH, Reader.pathId(call), id -> find(tenant, id))
        .map(batch -> detail.write(JsonWriter.object(), batch).toAnswer(200));
  }

  private Future<Optional<Batch>> find(TenantId tenant, UUID id) {
    return batches.findAll(tenant, List.of(new LotId(id))).map(found -> found.stream().findFirst());
  }

  private record Query(String organisation, BatchFilter filter, Page page, boolean ascending) {}

  /** {@code GET /organisations/{id}/credit_batches}. */
  Future<Answer> ofOrganisation(Caller caller, Call call) {
    Query query = Reader.read(call, this::query);
    return directory
        .requireOrganisation(caller.tenant(), query.organisation())
        .compose(found -> page(caller.tenant(), query));
  }

  private Future<Answer> page(TenantId tenant, Query query) {
    return query
        .page()
        .answer(
            batches.list(query.filter(), query.page().window(tenant), query.ascending()),
            () -> batches.count(tenant, query.filter()),
            batch -> Place.of(batch.origin().issuedAt(), batch.id().value()),
            detail::write);
  }

  private Query query(Reader reader) {
    String organisation = reader.pathId();
    BatchFilter filter = filter(organisation, reader);
    return new Query(
        organisation,
        filter,
        Page.read("credit_batches", PlaceForm.MOMENT, reader),
        ascending(reader));
  }

  private BatchFilter filter(String organisation, Reader reader) {
    var holder = new HolderId(codec.decode(IdPrefix.ORGANISATION, organisation).orElse(NOTHING));
    return new BatchFilter(
        holder,
        Accounts.of(holder).id(),
        id(reader, "supplier_id", IdPrefix.SUPPLIER),
        id(reader, "project_id", IdPrefix.PROJECT),
        id(reader, "issuance_id", IdPrefix.ISSUANCE),
        id(reader, "delivery_id", IdPrefix.DELIVERY),
        id(reader, "order_id", IdPrefix.ORDER),
        id(reader, "retirement_id", IdPrefix.RETIREMENT),
        statuses(reader.someOf("status", STATUSES)),
        reader.query("issued_after", Reader.TIME),
        reader.query("issued_before", Reader.TIME));
  }

  private Optional<UUID> id(Reader reader, String name, IdPrefix prefix) {
    return reader.query(name, Reader.ID).map(text -> codec.decode(prefix, text).orElse(NOTHING));
  }

  /** Split batches are left out unless asked for. */
  private static Set<LotStatus> statuses(Set<String> words) {
    return words.isEmpty()
        ? EnumSet.of(LotStatus.ACTIVE, LotStatus.RETIRED)
        : words.stream()
            .filter(STATUSES::contains)
            .map(word -> LotStatus.valueOf(word.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
  }

  private static boolean ascending(Reader reader) {
    reader.query("sort_field", SORT_FIELD);
    return reader.query("sort_direction", SORT_DIRECTION).filter("asc"::equals).isPresent();
  }
}
