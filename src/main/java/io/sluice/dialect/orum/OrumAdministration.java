package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What the provider does by contract and bank transfer: naming the enterprise and giving it money.
 * Errors come in the dialect's own envelope.
 */
final class OrumAdministration {
  static final String FUNDING_KIND = "orum.funding";

  private final Services services;
  private final OrumEnterprises enterprises;

  OrumAdministration(Services services, OrumEnterprises enterprises) {
    this.services = services;
    this.enterprises = enterprises;
  }

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
        .books(tenant)
        .map(books -> funding(books, reference, amount))
        .compose(services.pipeline()::submit);
  }

  private Future<Answer> nameEnterprise(TenantId tenant, Call call) {
    JsonNode json = OrumFields.object(call.body());
    var identity =
        new OrumEnterprises.Identity(
            OrumFields.text(json, "name"), OrumFields.text(json, "reference"));
    return enterprises.rename(tenant, identity).map(OrumAdministration::enterprise);
  }

  private Future<Answer> fundEnterprise(TenantId tenant, Call call) {
    JsonNode json = OrumFields.object(call.body());
    String reference = OrumFields.text(json, "reference");
    Amount amount = OrumFields.cents(json.get("amount"));
    return fund(tenant, reference, amount).map(OrumAdministration::answer);
  }

  private TransferCommand funding(OrumBooks books, String reference, Amount amount) {
    String detail =
        JsonWriter.object()
            .text("reference", reference)
            .number("amount", amount.units())
            .text("currency", OrumBooks.CURRENCY)
            .toText();
    return TransferCommand.of(books.tenant(), new TransferId(services.ids().next()), FUNDING_KIND)
        .key(IdempotencyKey.of(FUNDING_KIND, reference, Digest.start().add(amount.toString())))
        .balanceLimit(Amount.MAX_LONG)
        .detail(detail)
        .to(new Intent.Move(Leg.of(books.systemAccount(), books.enterpriseAccount(), amount)));
  }

  private static Answer enterprise(Holder holder) {
    JsonNode detail = Json.parse(holder.detail());
    return Answer.json(
        200,
        JsonWriter.object()
            .object("enterprise")
            .uuid("id", holder.id().value())
            .node("name", detail.get("name"))
            .node("reference", detail.get("reference"))
            .time("created_at", holder.createdAt())
            .time("updated_at", holder.updatedAt())
            .end()
            .toBuffer());
  }

  /** What an administrator is told of each outcome of funding. */
  static Answer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Posted(Receipt receipt) -> funding(receipt);
      case Outcome.Replayed(Receipt receipt) -> funding(receipt);
      case Outcome.Conflict conflict ->
          OrumErrors.badRequest("reference was used before with another amount");
      case Outcome.Refused(Refusal reason, Optional<Receipt> recorded) -> refused(reason);
      case Outcome.Overloaded overloaded -> OrumErrors.tooManyRequests(overloaded.retryAfter());
      case Outcome.Expired expired -> OrumErrors.tooManyRequests(OrumDialect.RETRY_AFTER_EXPIRY);
      case Outcome.Unavailable unavailable -> OrumErrors.fateUnknown();
    };
  }

  private static Answer refused(Refusal reason) {
    return switch (reason) {
      case ErrorAnswer error -> error.answer();
      case LedgerRefusal.BalanceOutOfRange range -> OrumErrors.amountOutOfRange();
      // The system account's floor: all money together has a limit too.
      case LedgerRefusal.InsufficientFunds floor -> OrumErrors.amountOutOfRange();
      default -> throw new IllegalStateException("no answer to " + reason);
    };
  }

  private static Answer funding(Receipt receipt) {
    JsonNode detail = Json.parse(receipt.detail());
    return Answer.json(
        200,
        JsonWriter.object()
            .object("funding")
            .uuid("id", receipt.id().value())
            .time("created_at", receipt.createdAt())
            .node("reference", detail.get("reference"))
            .node("amount", detail.get("amount"))
            .node("currency", detail.get("currency"))
            .end()
            .toBuffer());
  }
}
