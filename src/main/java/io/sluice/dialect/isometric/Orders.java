package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.OutcomeWords;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Place;
import io.sluice.store.isometric.Order;
import io.sluice.store.isometric.OrderStore;
import io.sluice.store.isometric.OrderStore.Filter;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Orders, which the administrator enters. What is open of one is in an account of its own, so that
 * no delivery can take more of it. Only its parties see an order: the buyer and the supplier's
 * organisation.
 */
record Orders(
    Services services,
    Directory directory,
    Suppliers suppliers,
    OrderStore store,
    IdCodec codec,
    Ids ids) {
  /** Nobody's id. */
  static final HolderId NOBODY = new HolderId(new UUID(0, 0));

  private static final Wanted<LocalDate> DATE = new Reader.Date();
  private static final Wanted<BigInteger> KILOGRAMS =
      new Wanted.Whole(BigInteger.ONE, IssuanceRequest.MAX_BATCH_KG, true);

  /** An order with its parties. */
  record Whole(Order order, Organisation buyer, KnownSupplier supplier) {
    /** Whether an organisation takes part in it. */
    boolean isOf(HolderId organisation) {
      return buyer.id().equals(organisation) || supplier.behind().id().equals(organisation);
    }
  }

  /** The order of that id, for one of its parties; anybody else learns nothing of it. */
  Future<Whole> require(Caller caller, String id) {
    return find(caller, id)
        .map(
            found ->
                found.orElseThrow(() -> new ApiException(Errors.notFound(IdPrefix.ORDER, id))));
  }

  /** The same, where there is one. */
  Future<Optional<Whole>> find(Caller caller, String id) {
    HolderId order = new HolderId(codec.decode(IdPrefix.ORDER, id).orElse(NOBODY.value()));
    return store
        .find(caller.tenant(), order)
        .compose(found -> whole(caller.tenant(), found.stream().toList()))
        .map(
            found ->
                found.stream().filter(whole -> whole.isOf(caller.organisation().id())).findFirst());
  }

  /** {@code GET /orders/{id}}. */
  Future<Answer> get(Caller caller, Call call) {
    return require(caller, Reader.pathId(call))
        .map(whole -> write(JsonWriter.object(), whole).toAnswer(200));
  }

  /** {@code GET /organisations/{id}/orders}: what it has ordered, as far as the caller sees it. */
  Future<Answer> ofBuyer(Caller caller, Call call) {
    Below below = Below.read(call, "orders", PlaceForm.DAY);
    HolderId own = caller.organisation().id();
    return directory
        .requireOrganisation(caller.tenant(), below.id())
        .compose(
            buyer ->
                buyer.id().equals(own)
                    ? Future.succeededFuture(new Filter(Optional.of(own), Optional.empty()))
                    : suppliers
                        .of(caller)
                        .map(found -> found.map(Supplier::id).orElse(NOBODY))
                        .map(id -> new Filter(Optional.of(buyer.id()), Optional.of(id))))
        .compose(filter -> page(caller.tenant(), below.page(), filter));
  }

  /** {@code GET /suppliers/{id}/orders}: the same of a supplier. */
  Future<Answer> ofSupplier(Caller caller, Call call) {
    Below below = Below.read(call, "orders", PlaceForm.DAY);
    HolderId own = caller.organisation().id();
    return directory
        .requireSupplier(caller.tenant(), below.id())
        .map(
            supplier ->
                new Filter(
                    supplier.organisation().equals(own) ? Optional.empty() : Optional.of(own),
                    Optional.of(supplier.id())))
        .compose(filter -> page(caller.tenant(), below.page(), filter));
  }

  /** {@code GET /orders} of the administration. */
  Future<Answer> list(TenantId tenant, Call call) {
    Page page = Reader.read(call, reader -> Page.read("orders", PlaceForm.DAY, reader));
    return page(tenant, page, new Filter(Optional.empty(), Optional.empty()));
  }

  private Future<Answer> page(TenantId tenant, Page page, Filter filter) {
    return page.answer(
        store.list(filter, page.window(tenant)).compose(found -> whole(tenant, found)),
        () -> store.count(tenant, filter),
        whole -> Place.of(whole.order().effectiveOn(), whole.order().id().value()),
        this::write);
  }

  private Future<List<Whole>> whole(TenantId tenant, List<Order> orders) {
    Future<Map<HolderId, KnownSupplier>> known =
        directory.suppliers(tenant, orders.stream().map(Order::supplier).distinct().toList());
    return directory
        .organisations(tenant, orders.stream().map(Order::buyer).distinct().toList())
        .compose(
            buyers ->
                known.map(
                    of ->
                        orders.stream()
                            .map(
                                order ->
                                    new Whole(
                                        order, buyers.get(order.buyer()), of.get(order.supplier())))
                            .toList()));
  }

  /** The members of the registry's Order. */
  private JsonWriter write(JsonWriter json, Whole whole) {
    Order order = whole.order();
    boolean completed = order.open() == 0;
    json.text("id", id(order))
        .text("effective_contract_date", order.effectiveOn().toString())
        .time("fulfilled_at", completed ? order.changedAt() : null);
    whole.buyer().write(json.object("buyer_organisation"), codec).end();
    whole.supplier().write(json.object("supplier"), codec).end();
    json.text("status", status(order));
    Kilograms.write(json, "credits_ordered", BigInteger.valueOf(order.kilograms()));
    return Kilograms.write(
        json, "credits_delivered", BigInteger.valueOf(order.kilograms() - order.open()));
  }

  private static String status(Order order) {
    if (order.open() == 0) {
      return "completed";
    }
    return order.open() == order.kilograms() ? "placed" : "in_progress";
  }

  private String id(Order order) {
    return codec.encode(IdPrefix.ORDER, order.id().value());
  }

  private record Request(
      String reference, String buyer, String supplier, BigInteger kilograms, LocalDate date) {
    private static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(
          body.required("reference", Reader.REFERENCE),
          body.required("buyer_organisation_id", Reader.ID),
          body.required("supplier_id", Reader.ID),
          body.required("credit_quantity_kg", KILOGRAMS),
          body.required("effective_contract_date", DATE));
    }
  }

  /** {@code POST /orders} of the administration: once for each reference. */
  Future<Answer> create(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    call.note("sluice.reference", request.reference());
    call.note("sluice.amount", request.kilograms() + " kg");
    return directory
        .requireOrganisation(tenant, request.buyer())
        .compose(
            buyer ->
                directory
                    .requireSupplier(tenant, request.supplier())
                    .compose(
                        supplier ->
                            enter(
                                tenant,
                                request.reference(),
                                buyer,
                                supplier,
                                request.kilograms(),
                                request.date())));
  }

  /** The order of that reference, new or entered before with the same terms. */
  Future<Answer> enter(
      TenantId tenant,
      String reference,
      Organisation buyer,
      Supplier supplier,
      BigInteger quantity,
      LocalDate date) {
    return register(tenant, reference, buyer, supplier, quantity.longValueExact(), date)
        .compose(
            order ->
                place(tenant, order).compose(by -> placed(tenant, order).map(a -> a.about(by))));
  }

  private Future<Answer> placed(TenantId tenant, Order order) {
    return store
        .find(tenant, order.id())
        .compose(found -> whole(tenant, found.stream().toList()))
        .map(found -> write(JsonWriter.object(), found.getFirst()).toAnswer(200));
  }

  private Future<Order> register(
      TenantId tenant,
      String reference,
      Organisation buyer,
      Supplier supplier,
      long kilograms,
      LocalDate date) {
    if (!buyer.holdsAccount()) {
      throw new ApiException(Errors.rule("The buyer holds no account"));
    }
    var wanted =
        new Order(
            new HolderId(ids.next()),
            reference,
            buyer.id(),
            supplier.id(),
            kilograms,
            date,
            kilograms,
            services.now());
    return store.register(tenant, wanted).map(found -> same(found, wanted));
  }

  private static Order same(Order found, Order wanted) {
    boolean same =
        found.buyer().equals(wanted.buyer())
            && found.supplier().equals(wanted.supplier())
            && found.kilograms() == wanted.kilograms()
            && found.effectiveOn().equals(wanted.effectiveOn());
    if (!same) {
      throw new ApiException(Errors.referenceOfAnotherRequest(wanted.reference()));
    }
    return found;
  }

  /** Opens what is to be delivered, which makes the order one. */
  private Future<TransferId> place(TenantId tenant, Order order) {
    UUID id = order.id().value();
    var leg = Leg.of(Accounts.ORDERS, Accounts.open(order.id()), Amount.of(order.kilograms()));
    TransferCommand command =
        TransferCommand.of(Principal.operator(tenant), services.transferId(), Names.ORDER)
            .key(IdempotencyKey.of(Names.ORDER, id.toString(), Digest.start().add(id.toString())))
            .detail(JsonWriter.object().text("order_id", id(order)).toText())
            .to(new Intent.Move(leg));
    return services
        .pipeline()
        .submit(command)
        .map(outcome -> new Placing(order).receipt(outcome).id());
  }

  /** What is said of an order that could not be placed. */
  private record Placing(Order order) implements OutcomeWords {
    @Override
    public Answer stored(Receipt receipt) {
      return Organisations.nothing();
    }

    @Override
    public Answer conflict(TransferId existing) {
      return Errors.referenceOfAnotherRequest(order.reference());
    }

    @Override
    public Answer refused(LedgerRefusal refusal) {
      return switch (refusal) {
        case LedgerRefusal.BalanceOutOfRange range -> Errors.balanceOutOfRange(Deed.ORDER);
        // The account that orders come from has no floor, and nothing of this is in lots.
        case LedgerRefusal.InsufficientFunds funds -> throw new IllegalStateException("" + funds);
        case LedgerRefusal.OfLots lots -> throw new IllegalStateException("" + lots);
      };
    }

    @Override
    public Answer fault(Fault fault) {
      return Errors.fault(fault);
    }
  }
}
