package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
import io.sluice.store.isometric.Batch;
import io.sluice.store.isometric.BatchStore;
import io.sluice.store.isometric.Issuance;
import io.sluice.store.isometric.IssuanceStore;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Issuances, to be read by anybody in the registry. */
record IssuanceReads(
    Directory directory,
    IssuanceStore store,
    BatchStore batches,
    BatchDetail batchDetail,
    IdCodec codec) {
  /** An issuance with its supplier. */
  private record Known(Issuance issuance, KnownSupplier supplier) {}

  /** {@code GET /issuances}: by when they count from, the latest first. */
  Future<Answer> list(TenantId tenant, Call call) {
    return list(tenant, call, this::write);
  }

  /** {@code GET /issuances} of the administration: with the references that it gave them. */
  Future<Answer> listEntered(TenantId tenant, Call call) {
    return list(
        tenant,
        call,
        (json, known) -> write(json.text("reference", known.issuance().reference()), known));
  }

  private Future<Answer> list(TenantId tenant, Call call, BiConsumer<JsonWriter, Known> write) {
    Page page = Reader.read(call, reader -> Page.read("issuances", PlaceForm.MOMENT, reader));
    return page(
        tenant, page, store.list(page.window(tenant)), Optional.empty(), Issuance::issuedAt, write);
  }

  /** {@code GET /suppliers/{id}/issuances}: by when they were entered, the latest first. */
  Future<Answer> ofSupplier(TenantId tenant, Call call) {
    Below below = Below.read(call, "supplier_issuances", PlaceForm.MOMENT);
    return directory
        .requireSupplier(tenant, below.id())
        .map(Supplier::id)
        .compose(
            supplier ->
                page(
                    tenant,
                    below.page(),
                    store.list(supplier, below.page().window(tenant)),
                    Optional.of(supplier),
                    Issuance::createdAt,
                    this::write));
  }

  private Future<Answer> page(
      TenantId tenant,
      Page page,
      Future<List<Issuance>> reading,
      Optional<HolderId> supplier,
      Function<Issuance, Instant> at,
      BiConsumer<JsonWriter, Known> write) {
    return page.answer(
        reading.compose(found -> known(tenant, found)),
        () -> store.count(tenant, supplier),
        known -> Place.of(at.apply(known.issuance()), known.issuance().id()),
        write);
  }

  /** {@code GET /issuances/{id}}. */
  Future<Answer> get(TenantId tenant, Call call) {
    return find(tenant, call)
        .compose(issuance -> known(tenant, List.of(issuance)))
        .map(known -> write(JsonWriter.object(), known.getFirst()).toAnswer(200));
  }

  /** {@code GET /issuances/{id}/credit_batches}: as issued, shown as they are now. */
  Future<Answer> batches(TenantId tenant, Call call) {
    return find(tenant, call)
        .compose(
            issuance ->
                batches.findIssued(tenant, issuance.id()).map(found -> answer(issuance, found)));
  }

  private Future<Issuance> find(TenantId tenant, Call call) {
    return directory.require(IdPrefix.ISSUANCE, Reader.pathId(call), id -> store.find(tenant, id));
  }

  private Future<List<Known>> known(TenantId tenant, List<Issuance> issuances) {
    return directory
        .suppliers(tenant, issuances.stream().map(Issuance::supplier).distinct().toList())
        .map(
            suppliers ->
                issuances.stream()
                    .map(issuance -> new Known(issuance, suppliers.get(issuance.supplier())))
                    .toList());
  }

  private Answer answer(Issuance issuance, List<Batch> found) {
    Map<Boolean, List<Batch>> pooled =
        found.stream().collect(Collectors.partitioningBy(batch -> batch.origin().buffer()));
    var json = JsonWriter.object().text("issuance_id", id(issuance));
    json.objects("supplier_credit_batches", pooled.get(false), batchDetail::write)
        .objects("buffer_pool_credit_batches", pooled.get(true), batchDetail::write);
    return totals(json, issuance).toAnswer(200);
  }

  /** The members of the registry's Issuance. */
  private JsonWriter write(JsonWriter json, Known known) {
    Issuance issuance = known.issuance();
    json.text("id", id(issuance)).time("issued_at", issuance.issuedAt());
    known
        .supplier()
        .write(json.object("supplier"), codec)
        .end()
        .text("project_id", codec.encode(IdPrefix.PROJECT, issuance.project()))
        .text("reporting_period_start_at", issuance.reportingPeriodStart().toString())
        .text("reporting_period_end_at", issuance.reportingPeriodEnd().toString());
    return totals(json, issuance);
  }

  private String id(Issuance issuance) {
    return codec.encode(IdPrefix.ISSUANCE, issuance.id());
  }

  /** What was issued, by who received it, and in all. */
  static JsonWriter totals(JsonWriter json, Issuance issuance) {
    BigInteger supplier = BigInteger.valueOf(issuance.supplierKilograms());
    BigInteger pool = BigInteger.valueOf(issuance.bufferKilograms());
    Kilograms.write(json, "supplier_credit_batch_size_total", supplier);
    Kilograms.write(json, "buffer_pool_credit_batch_size_total", pool);
    return Kilograms.write(json, "credit_batch_size_total", supplier.add(pool));
  }
}
