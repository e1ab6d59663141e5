package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.store.AccountBalance;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** {@code /v1/ledgers}: creates, shows and lists ledgers, and tells balances. */
final class CorebanqLedgers {
  private static final Set<String> TYPES =
      new TreeSet<>(Set.of("asset", "liability", "equity", "income", "expense"));
  private static final int MAX_CODE_CHARS = 100;
  private static final int MAX_DESCRIPTION_CHARS = 1_000;
  private static final int CURRENCY_CODE_CHARS = 3;

  private final Services services;
  private final LedgerDirectory directory;
  private final Currencies currencies;
  private final LedgerOpening opening;
  private final LedgerView view;

  CorebanqLedgers(
      Services services, LedgerDirectory directory, LedgerOpening opening, LedgerView view) {
    this.services = services;
    this.directory = directory;
    this.currencies = new Currencies(services);
    this.opening = opening;
    this.view = view;
  }

  /** A valid request: the ledger to be, its currency not yet looked up. */
  private record Wish(String code, Ledger ledger) {}

  Future<Answer> create(Caller caller, Call call) {
    Wish wish = parse(caller, call);
    Ledger ledger = wish.ledger();
    return requireParent(caller, ledger.parent())
        .compose(
            found -> currencies.use(caller.tenant(), ledger.currencyCode(), ledger.currencyId()))
        .compose(asset -> opening.open(caller.tenant(), wish.code(), ledger.in(asset)))
        .compose(holder -> view.one(201, holder));
  }

  private static Wish parse(Caller caller, Call call) {
    Fields fields = Fields.ofBody(call);
    String code = fields.text("code", 1, MAX_CODE_CHARS);
    String currency = fields.text("currency_code", CURRENCY_CODE_CHARS, CURRENCY_CODE_CHARS);
    long balance = fields.optionalInteger("balance_current", 0, 0);
    // Nothing can be on hold in a ledger that is just being opened.
    if (fields.optionalInteger("balance_available", balance, 0) != balance) {
      fields.refuse("balance_available", "must equal balance_current when a ledger is opened");
    }
    Ledger ledger =
        new Ledger(
            fields.text("description", 1, MAX_DESCRIPTION_CHARS),
            fields.oneOf("type", TYPES),
            fields.uuid("currency_id"),
            currency,
            Ledger.NO_ASSET,
            fields.optionalBoolean("overdraft_enabled", false),
            fields.optionalInteger("overdraft_limit", 0, 0),
            balance,
            fields.optionalTime("opening_date"),
            fields.optionalUuid("parent_ledger_id"),
            fields.metadata("metadata"),
            caller.user());
    if (!currency.isEmpty() && !currency.matches("[A-Z]{3}")) {
      fields.refuse("currency_code", "must be three capital letters such as EUR");
    }
    fields.requireValid();
    return new Wish(code, ledger);
  }

  private Future<Void> requireParent(Caller caller, Optional<UUID> parent) {
    return parent.isEmpty()
        ? Future.succeededFuture()
        : directory
            .find(caller.tenant(), parent.get())
            .map(found -> found.orElseThrow(() -> notFound(parent.get())))
            .mapEmpty();
  }

  Future<Answer> get(Caller caller, Call call) {
    return holder(caller, call).compose(holder -> view.one(200, holder));
  }

  Future<Answer> list(Caller caller, Call call) {
    Fields fields = Fields.withoutBody(call);
    Page page = Page.of(fields);
    fields.requireValid();
    return services
        .holders()
        .list(caller.tenant(), Ledger.KIND, page.limit(), page.offset())
        .compose(holders -> view.list(caller.tenant(), holders));
  }

  Future<Answer> balance(Caller caller, Call call) {
    return holder(caller, call)
        .compose(
            holder ->
                services
                    .holders()
                    .balances(caller.tenant(), holder.id())
                    .map(balances -> balance(holder, balances.getFirst())));
  }

  private Answer balance(Holder holder, AccountBalance balance) {
    JsonWriter json =
        JsonWriter.object()
            .uuid("ledger_id", holder.id().value())
            .text("currency_code", Ledger.ofDetail(holder.detail()).currencyCode())
            .number("balance_current", balance.balance().units())
            .number("balance_available", balance.available().units())
            .time("as_of", services.clock().instant());
    return Answer.json(200, json.toBuffer());
  }

  private Future<Holder> holder(Caller caller, Call call) {
    Fields fields = Fields.withoutBody(call);
    UUID id = fields.pathUuid("id");
    fields.requireValid();
    return directory
        .holder(caller.tenant(), id)
        .map(found -> found.orElseThrow(() -> notFound(id)));
  }

  private static RuntimeException notFound(UUID id) {
    return CorebanqErrors.failure(CorebanqErrors.ledgerNotFound(id));
  }
}
