package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Form;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Members;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Place;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Amount;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads bodies and parameters; the first thing amiss ends the request with the error it has. */
final class Reader {
  static final String REFERENCE_ID = "book_transfer_reference_id";
  static final String SUBLEDGER_ID = "subledger_reference_id";
  static final String CUSTOMER_ID = "customer_reference_id";

  /** The reference id of a subledger or customer, and what an administrator calls things. */
  static final Wanted<String> REFERENCE = new Wanted.Characters(1, Names.MAX_REFERENCE_CHARS);

  /** Any text that says something. That of a book transfer has no limit but the request's own. */
  static final Wanted<String> TEXT = new Wanted.Characters(1, Integer.MAX_VALUE);

  static final Wanted<String> URL = new Wanted.Characters(1, 2_048);

  static final Wanted<String> CURRENCY = new Wanted.OneOf(List.of(Names.CURRENCY));

  private static final Wanted<BigInteger> CENTS = Wanted.Whole.of(1, Long.MAX_VALUE);
  private static final Wanted<UUID> ID = new Wanted.Id();

  private static final Grammar WORDS =
      (at, found, wanted, flaw) -> {
        throw new ApiException(flaw == Flaw.MISSING ? missing(at) : invalid(at));
      };

  /** Administrators' own texts have no codes of the provider's. */
  private static final Grammar PLAIN_WORDS =
      (at, found, wanted, flaw) -> {
        if (wanted != REFERENCE) {
          WORDS.amiss(at, found, wanted, flaw);
        }
        throw new ApiException(
            Errors.badRequest(
                at + " must be a string of 1 to " + Names.MAX_REFERENCE_CHARS + " characters"));
      };

  private Reader() {}

  static Members body(Call call) {
    return Members.of(call, WORDS);
  }

  /** The body of an administrator's request. */
  static Members administration(Call call) {
    return Members.of(call, PLAIN_WORDS);
  }

  /** The body of a request that may also come as a form. */
  static Members bodyOrForm(Call call) {
    if (!call.contentType().equals(Form.MEDIA_TYPE)) {
      return body(call);
    }
    Map<String, String> fields =
        Form.parse(call.body())
            .orElseThrow(() -> new ApiException(Errors.badRequest("the form is not well-formed")));
    var object = JsonNodeFactory.instance.objectNode();
    fields.forEach(object::put);
    return Members.of(object, WORDS);
  }

  /** A number of cents from 1 to 2^63 - 1, written as a plain integer. */
  static Amount cents(Members body) {
    return new Amount(body.required("amount", CENTS));
  }

  static Parameters parameters(Call call) {
    return new Parameters(call, WORDS, Parameters.Repeats.REFUSED);
  }

  /**
   * The id that a path ends in.
   *
   * @param malformed what to answer where it is no UUID
   */
  static UUID pathId(Call call, Supplier<Answer> malformed) {
    Grammar words =
        (at, found, wanted, flaw) -> {
          throw new ApiException(malformed.get());
        };
    return new Parameters(call, words, Parameters.Repeats.REFUSED).path("id", ID);
  }

  private static Answer missing(Place at) {
    return switch (at.toString()) {
      case REFERENCE_ID -> Errors.missingBookTransferReferenceId();
      case "amount" -> Errors.missingAmount();
      case "currency" -> Errors.missingCurrency();
      case "source.subledger_reference_id" -> Errors.missingSubledger(Side.SOURCE);
      case "destination.subledger_reference_id" -> Errors.missingSubledger(Side.DESTINATION);
      case SUBLEDGER_ID -> Errors.missingSubledgerReferenceId();
      case CUSTOMER_ID -> Errors.missingCustomerReferenceId();
      case "client_id" -> Errors.missingClientId();
      case "client_secret" -> Errors.missingClientSecret();
      case "event_types", "url", "enabled", "event_type", "data" ->
          WebhookErrors.missingOfWebhook(at.toString());
      default -> throw new IllegalStateException("no error for a missing " + at);
    };
  }

  private static Answer invalid(Place at) {
    return switch (at.toString()) {
      case "" -> Errors.badRequest("the body must be a JSON object");
      case REFERENCE_ID ->
          at.isIn(Place.QUERY)
              ? Errors.invalidBookTransferReferenceId()
              : Errors.invalidTransferGroupReferenceId();
      case "amount" -> Errors.invalidAmount();
      case "currency" -> Errors.invalidCurrency();
      case "metadata" -> Errors.invalidMetadata();
      case "source", "source.subledger_reference_id" -> Errors.invalidSubledger(Side.SOURCE);
      case "destination", "destination.subledger_reference_id" ->
          Errors.invalidSubledger(Side.DESTINATION);
      case SUBLEDGER_ID -> Errors.invalidSubledgerReferenceId();
      case CUSTOMER_ID -> Errors.invalidCustomerReferenceId();
      case "client_id" -> Errors.invalidClientId();
      case "client_secret" -> Errors.invalidClientSecret();
      case "index" -> Errors.invalidIndex();
      case "size" -> Errors.invalidSize();
      case "status" -> Errors.invalidStatus();
      case "event_types", "url", "enabled", "event_type", "data" ->
          WebhookErrors.invalidOfWebhook(at.toString());
      default -> {
        if (at.isPosition()) {
          yield WebhookErrors.invalidOfWebhook("event_types");
        }
        throw new IllegalStateException("no error for an invalid " + at);
      }
    };
  }
}
