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
import io.sluice.store.orum.Customer;
import io.vertx.core.Future;

/**
 * What the provider does by contract and bank transfer: naming the enterprise and giving it money.
 * Errors come in the dialect's own envelope.
 */
record Administration(Services services, Enterprises enterprises) {
  /** What an administrator is told of each outcome of funding. */
  static final OutcomeWords WORDS = new Said();

  Operations<TenantId> operations() {
    return new Operations<TenantId>()
        .post("orumNameEnterprise", "/enterprise", this::nameEnterprise)
        .post("orumFundEnterprise", "/enterprise/funding", this::fundEnterprise);
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
    JsonNode detail = Json.parse(receipt.detail());
    return JsonWriter.object()
        .object("funding")
        .uuid("id", receipt.id().value())
        .time("created_at", receipt.createdAt())
        .node("reference", detail.get("reference"))
        .node("amount", detail.get("amount"))
        .node("currency", detail.get("currency"))
        .toAnswer(200);
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
