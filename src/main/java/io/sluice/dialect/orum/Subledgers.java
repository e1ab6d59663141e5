package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Subledgers. The provider wants a verified owner; persons and businesses are not kept here, so any
 * owner's reference id is taken, and the enterprise is known by its own.
 */
record Subledgers(Services services, Enterprises enterprises) {
  Future<Answer> create(Caller caller, Call call) {
    Members body = Reader.body(call);
    String reference = body.required(Reader.SUBLEDGER_ID, Reader.REFERENCE);
    String customer = body.required(Reader.CUSTOMER_ID, Reader.REFERENCE);
    return open(caller.tenant(), reference, customer)
        .compose(
            opened ->
                opened.isPresent()
                    ? Future.succeededFuture(answer(opened.get()))
                    : byReference(caller.tenant(), reference)
                        .map(
                            first ->
                                Errors.duplicateSubledgerReferenceId(
                                    first.orElseThrow().id().value())));
  }

  Future<Answer> get(Caller caller, Call call) {
    return find(caller, call).map(Subledgers::answer);
  }

  Future<Answer> list(Caller caller, Call call) {
    Parameters query = Reader.parameters(call);
    Page page = Page.of(query);
    return query
        .query(Reader.SUBLEDGER_ID, Reader.REFERENCE)
        .map(
            reference ->
                byReference(caller.tenant(), reference)
                    .map(found -> page.of(found.stream().toList())))
        .orElseGet(() -> page(caller.tenant(), page))
        .map(found -> JsonWriter.object().objects("subledgers", found, Subledgers::write))
        .map(json -> json.toAnswer(200));
  }

  /**
   * The subledger that a path names.
   *
   * @return a failed future with the provider's 400 or 404 when there is none
   */
  Future<Holder> find(Caller caller, Call call) {
    var id = new HolderId(Reader.pathId(call, Errors::malformedSubledgerId));
    return services
        .holders()
        .find(caller.tenant(), id)
        .map(
            found ->
                found
                    .filter(it -> it.kind().equals(Names.SUBLEDGER))
                    .orElseThrow(() -> new ApiException(Errors.unknownSubledgerId())));
  }

  /** One page of a tenant's subledgers, newest first. */
  Future<List<Holder>> page(TenantId tenant, Page page) {
    return page.isEmpty()
        ? Future.succeededFuture(List.of())
        : services.holders().list(tenant, Names.SUBLEDGER, page.size(), (int) page.offset());
  }

  private Future<Optional<Holder>> byReference(TenantId tenant, String reference) {
    return services.holders().findByReference(tenant, Names.SUBLEDGER, reference);
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
                        subledger, new Accounts(tenant).account(subledger.id()), Amount.ZERO)
                    .map(inserted -> inserted ? Optional.of(subledger) : Optional.empty()));
  }

  private Holder subledger(TenantId tenant, String reference, String customer, String type) {
    var id = new HolderId(services.ids().next());
    String detail =
        JsonWriter.object()
            .text("customer_reference_id", customer)
            .text("customer_resource_type", type)
            .toText();
    return Holder.active(tenant, id, Names.SUBLEDGER, reference, detail, services.now());
  }

  private static Answer answer(Holder holder) {
    return write(JsonWriter.object().object("subledger"), holder).toAnswer(200);
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
