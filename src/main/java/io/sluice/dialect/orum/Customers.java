package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Services;
import io.sluice.ledger.Digest;
import io.sluice.ledger.TenantId;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Persons, or businesses. */
record Customers(
    Services services,
    Enterprises enterprises,
    CustomerStore store,
    Verification verification,
    Events events,
    CustomerForm form) {
  Future<Answer> create(Caller caller, Call call) {
    return open(caller.tenant(), CustomerRequest.whole(form, call)).map(this::answer);
  }

  /**
   * Stores a new customer.
   *
   * @return a failed future with the provider's error when its reference id was used before
   */
  Future<Customer> open(TenantId tenant, CustomerRequest request) {
    Customer customer = begun(tenant, request);
    // The enterprise's own reference id is taken before anybody can ask for it.
    return enterprises
        .accounts(tenant)
        .compose(ready -> store.insert(customer, events.ofNew(customer)))
        .compose(
            inserted ->
                inserted
                    ? Future.succeededFuture(verified(customer))
                    : store
                        .findByReference(tenant, customer.reference())
                        .map(first -> requireNew(first.orElseThrow())));
  }

  /** The same, once the verification is over; for the demo. */
  Future<Customer> openVerified(TenantId tenant, CustomerRequest request) {
    return open(tenant, request)
        .compose(customer -> verification.settle(key(customer)))
        .map(Optional::orElseThrow);
  }

  private static CustomerStore.Key key(Customer customer) {
    return new CustomerStore.Key(customer.tenant(), customer.id());
  }

  /** The same customer, whose verification goes on while the caller is answered. */
  private Customer verified(Customer customer) {
    if (customer.due().isPresent()) {
      verification.settle(key(customer));
    }
    return customer;
  }

  private static Customer requireNew(Customer first) {
    throw new ApiException(CustomerErrors.duplicateReference(first.id()));
  }

  private Customer begun(TenantId tenant, CustomerRequest request) {
    Instant now = services.now();
    UUID id = services.ids().next();
    String reference = request.reference().orElseThrow();
    String detail = CustomerDetail.of(reference, Optional.empty(), request, services.ids(), now);
    return Verification.due(
        new Customer(
            tenant,
            id,
            form.kind(),
            CustomerStatus.CREATED,
            reference,
            form.names(detail),
            identity(id, request),
            detail,
            now,
            now,
            Optional.empty(),
            Optional.empty()),
        now);
  }

  /** A number that is nobody's business stands as a fingerprint; its owner's id goes into it. */
  private Optional<UUID> identity(UUID id, CustomerRequest request) {
    return form.fields().stream()
        .filter(field -> field.is(Field.Trait.SECRET))
        .flatMap(field -> Optional.ofNullable(request.texts().get(field.name())).stream())
        .map(number -> Digest.start().add(id).add(number.replace("-", "")).toUuid())
        .findFirst();
  }

  Future<Answer> get(Caller caller, Call call) {
    return find(caller, id(call)).map(this::answer);
  }

  private UUID id(Call call) {
    return Reader.pathId(call, () -> new CustomerErrors(form, false).malformedId());
  }

  private Future<Customer> find(Caller caller, UUID id) {
    return store
        .find(caller.tenant(), id)
        .map(
            found ->
                ours(found)
                    .orElseThrow(
                        () -> new ApiException(new CustomerErrors(form, false).unknownId())));
  }

  private Optional<Customer> ours(Optional<Customer> found) {
    return found.filter(customer -> customer.kind() == form.kind());
  }

  Future<Answer> replace(Caller caller, Call call) {
    UUID id = id(call);
    CustomerRequest request = CustomerRequest.whole(form, call);
    return find(caller, id).compose(found -> change(found, request));
  }

  Future<Answer> change(Caller caller, Call call) {
    UUID id = id(call);
    CustomerRequest request = CustomerRequest.part(form, call);
    return find(caller, id).compose(found -> change(found, request));
  }

  Future<Answer> replaceByReference(Caller caller, Call call) {
    CustomerRequest request = CustomerRequest.whole(form, call);
    return store
        .findByReference(caller.tenant(), request.reference().orElseThrow())
        .map(
            found ->
                ours(found)
                    .orElseThrow(() -> new ApiException(request.errors().unknownReference())))
        .compose(found -> change(found, request));
  }

  private Future<Answer> change(Customer found, CustomerRequest request) {
    if (request.reference().filter(name -> !name.equals(found.reference())).isPresent()) {
      throw new ApiException(request.errors().otherReference());
    }
    CustomerDetail.requireWhole(found, request);
    Instant now = services.now();
    return store
        .change(found.tenant(), found.id(), old -> changed(old, request, now), events::ofChange)
        .map(changed -> answer(verified(changed.orElseThrow())));
  }

  private Customer changed(Customer old, CustomerRequest request, Instant now) {
    String detail =
        CustomerDetail.of(old.reference(), Optional.of(old.detail()), request, services.ids(), now);
    Optional<UUID> identity = identity(old.id(), request).or(old::identity);
    if (detail.equals(old.detail()) && identity.equals(old.identity())) {
      return old;
    }
    Customer changed = old.described(old.reference(), form.names(detail), identity, detail, now);
    boolean verifies =
        !identity.equals(old.identity())
            || CustomerDetail.needsVerification(form, old.detail(), detail);
    return verifies && old.status() != CustomerStatus.CLOSED
        ? Verification.due(changed.withStatus(CustomerStatus.CREATED, now), now)
        : changed;
  }

  Future<Answer> close(Caller caller, Call call) {
    Instant now = services.now();
    return find(caller, id(call))
        .compose(
            found ->
                store.change(found.tenant(), found.id(), old -> closed(old, now), events::ofChange))
        .map(closed -> answer(closed.orElseThrow()));
  }

  private static Customer closed(Customer old, Instant now) {
    return old.status() == CustomerStatus.CLOSED ? old : old.withStatus(CustomerStatus.CLOSED, now);
  }

  private Answer answer(Customer customer) {
    return CustomerDetail.one(form, customer);
  }
}
