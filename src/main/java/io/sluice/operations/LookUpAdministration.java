package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Values;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.AccountHistory;
import io.sluice.store.Holder;
import io.sluice.store.Inspection;
import io.sluice.store.Inspection.AccountState;
import io.sluice.store.Inspection.Arrival;
import io.sluice.store.Inspection.Entry;
import io.sluice.store.Inspection.LotState;
import io.sluice.store.Lot;
import io.sluice.store.LotTrail;
import io.sluice.store.Particulars;
import io.sluice.store.events.EventTrail;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Transfers, accounts, holders and lots, one by one, as the books have them. */
record LookUpAdministration(Inspection books, EventTrail events) {
  private static final String TENANT = "/admin/tenants/:tenant";
  private static final String ACCOUNT = TENANT + "/accounts/:id";
  private static final String LOT = TENANT + "/lots/:id";

  Operations<TenantId> onTenants() {
    return new Operations<TenantId>()
        .get("getTransfer", AdminAudit.TRANSFER, this::transfer)
        .get("getAccount", ACCOUNT, AdminQuery.reading(this::account, "at"))
        .get(
            "listPostings",
            ACCOUNT + "/postings",
            AdminQuery.reading(this::postings, "limit", "before"))
        .get("getHolder", TENANT + "/holders/:id", this::holder)
        .get("getLot", LOT, this::lot)
        .get(
            "listDepartures",
            LOT + "/departures",
            AdminQuery.reading(this::departures, "limit", "after", "account"));
  }

  static <I> I id(Call call, String kind, Function<UUID, I> type) {
    return Values.uuid(call.pathParameter("id"))
        .map(type)
        .orElseThrow(() -> AdminErrors.unknownSubject(kind));
  }

  static <T> T found(Optional<T> found, String kind) {
    return found.orElseThrow(() -> AdminErrors.unknownSubject(kind));
  }

  private Future<Answer> transfer(TenantId tenant, Call call) {
    TransferId id = id(call, "transfer", TransferId::new);
    return Future.all(books.transfer(tenant, id), events.about(tenant, id.value()))
        .map(
            both -> {
              Entry entry = found(both.<Optional<Entry>>resultAt(0), "transfer");
              JsonWriter json = JsonWriter.object();
              write(json, tenant, entry);
              return json.objects(
                      "events",
                      both.<List<EventTrail.Line>>resultAt(1),
                      LookUpAdministration::write)
                  .toAnswer(200);
            });
  }

  private static void write(JsonWriter json, TenantId tenant, Entry entry) {
    EntryJson.write(json, entry.transfer(), entry.named());
    json.uuid("reversed_by", entry.reversedBy().map(TransferId::value).orElse(null));
    json.raw("request", entry.transfer().receipt().detail());
    Optional<IdempotencyKey> key = entry.transfer().key();
    json.uuid("key_digest", key.map(IdempotencyKey::digest).orElse(null))
        .objects(
            "parties",
            entry.transfer().parties(),
            (party, account) -> EntryJson.write(party, entry.named().accounts().get(account)))
        .objects(
            "lots",
            entry.lots(),
            (lot, moved) -> write(lot, moved, entry.named().accounts().get(moved.account())))
        .text("receipt", page(tenant) + "/seal/receipts/" + id(entry))
        .text("audit", page(tenant) + "/audit?transfer=" + id(entry));
  }

  private static UUID id(Entry entry) {
    return entry.transfer().receipt().id().value();
  }

  static String page(TenantId tenant) {
    return "/admin/tenants/" + tenant.value();
  }

  private static void write(JsonWriter json, LotMovement moved, Particulars.Account account) {
    json.uuid("lot_id", moved.lot().value())
        .uuid("account_id", moved.account().value())
        .text("amount", EntryJson.decimal(moved.amount(), account));
  }

  private static void write(JsonWriter json, EventTrail.Line line) {
    json.uuid("id", line.event()).text("type", line.type()).time("created_at", line.createdAt());
    line.delivery()
        .ifPresentOrElse(
            delivery -> write(json.object("delivery"), delivery), () -> json.nothing("delivery"));
  }

  private static void write(JsonWriter json, EventTrail.Attempted delivery) {
    json.uuid("id", delivery.id())
        .uuid("endpoint_id", delivery.endpoint())
        .text("status", word(delivery.status()))
        .number("attempts", delivery.attempts())
        .time("due_at", delivery.dueAt().orElse(null))
        .time("delivered_at", delivery.deliveredAt().orElse(null));
    delivery
        .responseStatus()
        .ifPresentOrElse(
            status -> json.number("response_status", status),
            () -> json.nothing("response_status"));
    json.text("error", delivery.error().orElse(null)).end();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private Future<Answer> account(TenantId tenant, Call call, AdminQuery query) {
    AccountId id = id(call, "account", AccountId::new);
    Optional<Instant> at = query.time("at");
    return known(tenant, id)
        .compose(
            state ->
                at.map(moment -> books.at(tenant, state, moment).map(Optional::of))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                    .map(standing -> account(state, at, standing)));
  }

  private Future<AccountState> known(TenantId tenant, AccountId id) {
    return books.account(tenant, id).map(found -> found(found, "account"));
  }

  private static Answer account(
      AccountState state, Optional<Instant> at, Optional<AccountHistory.Standing> standing) {
    JsonWriter json = JsonWriter.object();
    write(json, state);
    standing.ifPresentOrElse(
        then ->
            json.object("at")
                .time("time", at.orElseThrow())
                .number("sequence", then.sequence())
                .text("balance", EntryJson.decimal(then.balance(), state.account()))
                .end(),
        () -> json.nothing("at"));
    return json.toAnswer(200);
  }

  private static void write(JsonWriter json, AccountState state) {
    EntryJson.write(json, state.account());
    json.text("status", word(state.status()))
        .text(
            "floor",
            state.floor().map(floor -> EntryJson.decimal(floor, state.account())).orElse(null))
        .text("balance", EntryJson.decimal(state.balance(), state.account()))
        .text("overdrawn", EntryJson.decimal(state.overdrawn(), state.account()))
        .number("sequence", state.sequence())
        .time("updated_at", state.updatedAt());
  }

  private Future<Answer> postings(TenantId tenant, Call call, AdminQuery query) {
    AccountId id = id(call, "account", AccountId::new);
    int limit = query.limit();
    long upTo = query.number("before", 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE) - 1;
    return known(tenant, id)
        .compose(
            state ->
                books
                    .postings(tenant, state, upTo, limit + 1)
                    .map(lines -> postings(state.account(), AdminPage.of(lines, limit))));
  }

  private static Answer postings(Particulars.Account account, AdminPage<AccountHistory.Line> page) {
    return page.answer(
        "postings",
        (json, line) -> write(json, line, account),
        (json, last) -> json.number(AdminPage.NEXT, last.sequence()));
  }

  private static void write(
      JsonWriter json, AccountHistory.Line line, Particulars.Account account) {
    json.number("sequence", line.sequence())
        .text("amount", EntryJson.decimal(line.amount(), account))
        .text("balance", EntryJson.decimal(line.balance(), account))
        .uuid("transfer_id", line.transfer().value())
        .text("kind", line.kind())
        .time("created_at", line.createdAt());
  }

  private Future<Answer> holder(TenantId tenant, Call call) {
    HolderId id = id(call, "holder", HolderId::new);
    return Future.all(books.holder(tenant, id), books.accountsOf(tenant, id))
        .map(both -> holder(found(both.<Optional<Holder>>resultAt(0), "holder"), both.resultAt(1)));
  }

  private static Answer holder(Holder holder, List<AccountState> accounts) {
    return JsonWriter.object()
        .uuid("id", holder.id().value())
        .text("kind", holder.kind())
        .text("reference", holder.reference())
        .text("status", word(holder.status()))
        .raw("detail", holder.detail())
        .time("created_at", holder.createdAt())
        .time("updated_at", holder.updatedAt())
        .objects("accounts", accounts, LookUpAdministration::write)
        .toAnswer(200);
  }

  private Future<Answer> lot(TenantId tenant, Call call) {
    return books
        .lot(tenant, id(call, "lot", LotId::new))
        .map(found -> lot(tenant, found(found, "lot")));
  }

  private Future<Answer> departures(TenantId tenant, Call call, AdminQuery query) {
    LotId id = id(call, "lot", LotId::new);
    int limit = query.limit();
    Optional<Long> after = query.number("after", 0, Long.MAX_VALUE);
    Optional<AccountId> elsewhere = query.id("account").map(AccountId::new);
    return books
        .lot(tenant, id)
        .map(found -> found(found, "lot").account())
        .compose(
            here ->
                elsewhere
                    .map(account -> known(tenant, account))
                    .orElseGet(() -> Future.succeededFuture(here)))
        .compose(
            account ->
                books
                    .trail()
                    .departures(tenant, id, account, after, limit)
                    .map(page -> departures(account.account(), page)));
  }

  private static Answer departures(Particulars.Account account, LotTrail.Page page) {
    JsonWriter json = JsonWriter.object().uuid("account_id", account.id().value());
    json.objects("departures", page.departures(), (one, left) -> write(one, left, account));
    page.next()
        .ifPresentOrElse(
            next -> json.number(AdminPage.NEXT, next), () -> json.nothing(AdminPage.NEXT));
    return json.toAnswer(200);
  }

  private static void write(JsonWriter json, LotTrail.Departure left, Particulars.Account account) {
    json.uuid("transfer_id", left.transfer().value())
        .text("kind", left.kind())
        .number("sequence", left.sequence())
        .text("amount", EntryJson.decimal(left.amount(), account))
        .time("created_at", left.at());
  }

  private static Answer lot(TenantId tenant, LotState state) {
    Lot lot = state.lot();
    Particulars.Account account = state.account().account();
    JsonWriter json = JsonWriter.object().uuid("id", lot.id().value()).object("account");
    EntryJson.write(json, account);
    return json.end()
        .text("amount", EntryJson.decimal(lot.amount(), account))
        .text("remaining", EntryJson.decimal(lot.remaining(), account))
        .text("status", word(lot.status()))
        .time("created_at", lot.createdAt())
        .time("expires_at", lot.expiresAt().orElse(null))
        .time("matures_at", lot.marks().maturesAt().orElse(null))
        .text("reference", lot.marks().reference().orElse(null))
        .uuid("issuer_id", lot.issuer().map(HolderId::value).orElse(null))
        .uuid("parent_id", lot.parent().map(LotId::value).orElse(null))
        .uuid("left_child_id", lot.leftChild().map(LotId::value).orElse(null))
        .uuid("right_child_id", lot.rightChild().map(LotId::value).orElse(null))
        .objects("arrivals", state.arrivals(), (one, arrival) -> write(one, arrival, account))
        .text("departures", page(tenant) + "/lots/" + lot.id().value() + "/departures")
        .toAnswer(200);
  }

  private static void write(JsonWriter json, Arrival arrival, Particulars.Account account) {
    json.uuid("transfer_id", arrival.transfer().value())
        .text("kind", arrival.kind())
        .uuid("account_id", arrival.account().value())
        .text("amount", EntryJson.decimal(arrival.amount(), account))
        .time("created_at", arrival.at());
  }
}
