package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Values;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Subledgers. The provider wants a verified owner; persons and businesses are not kept here, so any
 * owner's reference id is taken, and the enterprise is known by its own.
 */
final class OrumSubledgers {
  private final Services services;
  private final OrumAccess access;
  private final OrumEnterprises enterprises;

  OrumSubledgers(Services services, OrumAccess access, OrumEnterprises enterprises) {
    this.services = services;
    this.access = access;
    this.enterprises = enterprises;
  }

  Future<Answer> create(Call call) {
    return access
        .authorise(call, OrumScope.WRITE_SUBLEDGERS)
        .compose(tenant -> create(tenant, OrumFields.object(call.body())));
  }

  Future<Answer> get(Call call) {
    return access
        .authorise(call, OrumScope.READ_SUBLEDGERS)
        .compose(tenant -> find(tenant, call.pathParameter("id")))
        .map(OrumSubledgers::answer);
  }

  Future<Answer> list(Call call) {
    return access
        .authorise(call, OrumScope.READ_SUBLEDGERS)
        .compose(tenant -> list(tenant, call.query()))
        .map(
            found -> {
              JsonWriter json = JsonWriter.object().array("subledgers");
              found.forEach(holder -> write(json.element(), holder).end());
              return Answer.json(200, json.end().toBuffer());
            });
  }

  /**
   * The subledger that a path names.
   *
   * @return a failed future with the provider's 400 or 404 when there is none
   */
  Future<Holder> find(TenantId tenant, String id) {
    HolderId holder =
        Values.uuid(id)
            .map(HolderId::new)
            .orElseThrow(() -> new ApiException(OrumErrors.malformedSubledgerId()));
    return services
        .holders()
        .find(tenant, holder)
        .map(
            found ->
                found
                    .filter(it -> it.kind().equals(OrumBooks.SUBLEDGER_KIND))
                    .orElseThrow(() -> new ApiException(OrumErrors.unknownSubledgerId())));
  }

  /** One page of a tenant's subledgers, newest first. */
  Future<List<Holder>> page(TenantId tenant, OrumPage page) {
    return page.isEmpty()
        ? Future.succeededFuture(List.of())
        : services
            .holders()
            .list(tenant, OrumBooks.SUBLEDGER_KIND, page.size(), (int) page.offset());
  }

  private Future<List<Holder>> list(TenantId tenant, MultiMap query) {
    OrumPage page = OrumPage.of(query);
    Optional<String> reference =
        OrumFields.reference(
            query, "subledger_reference_id", OrumErrors::invalidSubledgerReferenceId);
    return reference.isEmpty()
        ? page(tenant, page)
        : byReference(tenant, reference.get()).map(found -> page.of(found.stream().toList()));
  }

  private Future<Optional<Holder>> byReference(TenantId tenant, String reference) {
    return services.holders().findByReference(tenant, OrumBooks.SUBLEDGER_KIND, reference);
  }

  private Future<Answer> create(TenantId tenant, JsonNode json) {
    String reference =
        OrumFields.reference(
            json,
            "subledger_reference_id",
            OrumErrors::missingSubledgerReferenceId,
            OrumErrors::invalidSubledgerReferenceId);
    String customer =
        OrumFields.reference(
            json,
            "customer_reference_id",
            OrumErrors::missingCustomerReferenceId,
            OrumErrors::invalidCustomerReferenceId);
    return open(tenant, reference, customer)
        .compose(
            opened ->
                opened.isPresent()
                    ? Future.succeededFuture(answer(opened.get()))
                    : byReference(tenant, reference)
                        .map(
                            first ->
                                OrumErrors.duplicateSubledgerReferenceId(
                                    first.orElseThrow().id().value())));
  }

  /** A new subledger, or empty when the reference id was used before. */
  Future<Optional<Holder>> open(TenantId tenant, String reference, String customer) {
    return enterprises
        .identity(tenant)
        .map(enterprise -> enterprise.reference().equals(customer) ? "enterprise" : "business")
        .map(type -> subledger(tenant, reference, customer, type))
        .compose(
            subledger ->
                services
                    .holders()
                    .insertWithAccount(
                        subledger, new OrumBooks(tenant).account(subledger.id()), Amount.ZERO)
                    .map(inserted -> inserted ? Optional.of(subledger) : Optional.empty()));
  }

  private Holder subledger(TenantId tenant, String reference, String customer, String type) {
    Instant now = services.clock().instant().truncatedTo(ChronoUnit.MICROS);
    String detail =
        JsonWriter.object()
            .text("customer_reference_id", customer)
            .text("customer_resource_type", type)
            .toText();
    return new Holder(
        tenant,
        new HolderId(services.ids().next()),
        OrumBooks.SUBLEDGER_KIND,
        reference,
        HolderStatus.ACTIVE,
        detail,
        now,
        now);
  }

  private static Answer answer(Holder holder) {
    return Answer.json(
        200, write(JsonWriter.object().object("subledger"), holder).end().toBuffer());
  }

  private static JsonWriter write(JsonWriter json, Holder holder) {
    JsonNode detail = Json.parse(holder.detail());
    return json.uuid("id", holder.id().value())
        .text("subledger_reference_id", holder.reference())
        .node("customer_reference_id", detail.get("customer_reference_id"))
        .node("customer_resource_type", detail.get("customer_resource_type"))
        .text("status", "created")
        .time("created_at", holder.createdAt())
        .time("updated_at", holder.updatedAt());
  }
}
