package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Operations;
import io.sluice.dialect.OutcomeWords;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.AccountHistory;
import io.sluice.store.AccountHistory.Line;
import io.sluice.store.orum.Customer;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What the provider does by contract and bank transfer: naming the enterprise and giving it money.
 * Errors come in the dialect's own envelope.
 */
record Administration(Services services, Enterprises enterprises, AccountHistory history) {
  /** What an administrator is told of each outcome of funding. */
  static final OutcomeWords WORDS = new Said();

  private static final String FUNDING = "/enterprise/funding";

  Operations<TenantId> operations() {
    return new Operations<TenantId>()
        .post("orumNameEnterprise", "/enterprise", this::nameEnterprise)
        .get("orumGetEnterprise", "/enterprise", this::getEnterprise)
        .post("orumFundEnterprise", FUNDING, this::fundEnterprise)
        .get("orumListFundings", FUNDING, this::listFundings);
  }

  /**
   * Gives the enterprise money from the system account; the same reference and amount once only.
   */
  Future<Outcome> fund(TenantId tenant, String reference, Amount amount) {
    return enterprises
        .accounts(tenant)
        .map(accounts -> funding(accounts, reference, amount))
        .compose(services.pipeline()::submit);
  }

  private Future<Answer> nameEnterprise(TenantId tenant, Call call) {
    Members body = Reader.administration(call);
    String name = body.required("name", Reader.REFERENCE);
    String reference = body.required("reference", Reader.REFERENCE);
    return enterprises
        .rename(tenant, name, reference)
        .map(renamed -> renamed.map(Administration::enterprise).orElseGet(Errors::referenceTaken));
  }

  private Future<Answer> getEnterprise(TenantId tenant, Call call) {
    return enterprises.find(tenant).map(Administration::enterprise);
  }

  /**
   * Newest first, and with what was taken back of them: each is a posting of the system account,
   * which has no others, and postings are numbered without gaps.
   */
  private Future<Answer> listFundings(TenantId tenant, Call call) {
    Page page = Page.of(Reader.parameters(call));
    return enterprises
        .accounts(tenant)
        .compose(accounts -> history.held(tenant, accounts.system()))
        .compose(held -> history.lines(tenant, page.ofPostings(held.getFirst())))
        .map(
            found ->
                JsonWriter.object()
                    .objects("fundings", newestFirst(found), Administration::write)
                    .toAnswer(200));
  }

  private static List<Line> newestFirst(List<Line> lines) {
    return lines.stream().sorted(Comparator.comparing(Line::sequence).reversed()).toList();
  }

  private Future<Answer> fundEnterprise(TenantId tenant, Call call) {
    Members body = Reader.administration(call);
    String reference = body.required("reference", Reader.REFERENCE);
    Amount amount = Reader.cents(body);
    call.note("sluice.reference", reference);
    call.note("sluice.amount", amount + " cents of " + Names.CURRENCY);
    return fund(tenant, reference, amount).map(WORDS::answer);
  }

  private TransferCommand funding(Accounts accounts, String reference, Amount amount) {
    String detail =
        JsonWriter.object()
            .text("reference", reference)
            .number("amount", amount.units())
            .text("currency", Names.CURRENCY)
            .toText();
    return TransferCommand.of(
            Principal.operator(accounts.tenant()), services.transferId(), Names.FUNDING)
        .key(IdempotencyKey.of(Names.FUNDING, reference, Digest.start().add(amount.toString())))
        .balanceLimit(Amount.MAX_LONG)
        .detail(detail)
        .to(
            new Intent.Move(
                Leg.of(accounts.systemAccount(), accounts.enterpriseAccount(), amount)));
  }

  private static Answer enterprise(Customer enterprise) {
    return JsonWriter.object()
        .object("enterprise")
        .uuid("id", enterprise.id())
        .text("name", Enterprises.name(enterprise))
        .text("reference", enterprise.reference())
        .time("created_at", enterprise.createdAt())
        .time("updated_at", enterprise.updatedAt())
        .toAnswer(200);
  }

  private static Answer funding(Receipt receipt) {
    JsonWriter json = JsonWriter.object();
    Amount amount = receipt.postings().getLast().amount();
    write(
        json.object("funding"),
        receipt.id(),
        receipt.createdAt(),
        amount,
        Json.parse(receipt.detail()));
    return json.toAnswer(200);
  }

  /** What the enterprise got: what was taken back is below zero. */
  private static void write(JsonWriter json, Line line) {
    JsonNode detail = Json.parse(line.detail());
    write(json, line.transfer(), line.createdAt(), line.amount().negated(), detail);
  }

  private static void write(
      JsonWriter json, TransferId id, Instant at, Amount amount, JsonNode detail) {
    json.uuid("id", id.value())
        .time("created_at", at)
        .node("reference", detail.get("reference"))
        .number("amount", amount.units())
        .node("currency", detail.get("currency"));
  }

  private record Said() implements Words {
    @Override
    public Answer stored(Receipt receipt) {
      return funding(receipt);
    }

    @Override
    public Answer conflict(TransferId existing) {
      return Errors.referenceOfAnotherAmount();
    }
  }
}
