package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Subledgers. Their owner is the enterprise, or a person or a business that is verified. */
record Subledgers(
    Services services, Enterprises enterprises, CustomerStore customers, Events events) {
  Future<Answer> create(Caller caller, Call call) {
    Members body = Reader.body(call);
    String reference = body.required(Reader.SUBLEDGER_ID, Reader.REFERENCE);
    String customer = body.required(Reader.CUSTOMER_ID, Reader.REFERENCE);
    return open(caller.tenant(), reference, customer).map(Subledgers::answer);
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
        .map(found -> JsonWriter.object().objects("subledgers", found, SubledgerForm::write))
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

  /**
   * A new subledger.
   *
   * @param customer its owner's reference id
   * @return a failed future with the provider's error when the reference id was used before, or the
   *     owner may own none
   */
  Future<Holder> open(TenantId tenant, String reference, String customer) {
    return enterprises
        .accounts(tenant)
        .compose(accounts -> requireNew(tenant, reference).map(accounts))
        .compose(
            accounts ->
                customers.openSubledger(
                    tenant,
                    customer,
                    owner -> subledger(owner, reference),
                    holder -> accounts.account(holder.id()),
                    events::ofNew))
        .compose(
            opened ->
                opened
                    .map(Future::succeededFuture)
                    .orElseGet(() -> requireNew(tenant, reference).map(Subledgers::unfitOwner)));
  }

  private Future<?> requireNew(TenantId tenant, String reference) {
    return byReference(tenant, reference)
        .map(
            first -> {
              first.ifPresent(Subledgers::refuse);
              return first;
            });
  }

  private static void refuse(Holder first) {
    throw new ApiException(Errors.duplicateSubledgerReferenceId(first.id().value()));
  }

  private static Holder unfitOwner(Object ignored) {
    throw new ApiException(Errors.unfitOwner());
  }

  private Optional<Holder> subledger(Customer owner, String reference) {
    if (owner.status() != CustomerStatus.VERIFIED) {
      return Optional.empty();
    }
    var id = new HolderId(services.ids().next());
    String detail =
        JsonWriter.object()
            .text("customer_reference_id", owner.reference())
            .text("customer_resource_type", owner.kind().name().toLowerCase(Locale.ROOT))
            .toText();
    return Optional.of(
        Holder.active(owner.tenant(), id, Names.SUBLEDGER, reference, detail, services.now()));
  }

  private static Answer answer(Holder holder) {
    return SubledgerForm.write(JsonWriter.object().object("subledger"), holder).toAnswer(200);
  }
}
