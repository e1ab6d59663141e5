package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Bearer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Help;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Place;
import io.sluice.dialect.RetryAfter;
import io.sluice.dialect.isometric.Problems.Problem;
import io.sluice.ledger.LotStatus;
import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Every error that the registry's clients can meet. All but one are {@code {"detail": …}}: a text,
 * or for a request that does not fit the schema the list that {@link Problems} makes.
 */
final class Errors {
  private static final String INVALID = "Invalid client secret or token";

  private Errors() {}

  static Answer fault(Fault fault) {
    return switch (fault) {
      case Fault.NotFound notFound -> unknownRoute();
      case Fault.MethodNotAllowed method -> methodNotAllowed();
      case Fault.UnsupportedMediaType type -> notAnObject();
      case Fault.BodyTooLarge(int limitBytes) -> bodyTooLarge(limitBytes);
      case Fault.InvalidJson(String reason) -> invalidJson(reason);
      case Fault.BadRequest(String reason) -> rule(reason);
      case Fault.Unread(Fault.Unread.Cause cause, String reason) -> detail(cause.status(), reason);
      case Fault.Overloaded(Duration retryAfter) -> overloaded(retryAfter);
      case Fault.DeadlinePassed passed -> deadlinePassed();
      case Fault.NothingDone nothing -> nothingDone();
      case Fault.Unavailable unavailable -> unavailable();
      case Fault.Defect defect -> defect();
    };
  }

  private static Answer detail(int status, String text) {
    // The registry has no codes: the page knows its errors by their statuses.
    return Help.answer(
        JsonWriter.object().text("detail", text), status, Names.DIALECT, Integer.toString(status));
  }

  /** An id that names nothing: 400 with the registry's fixed wording, not 404. */
  static Answer notFound(IdPrefix kind, String id) {
    return detail(400, "Could not find '" + kind.schema() + "' with IDs '" + id + "'");
  }

  static Answer unauthenticated() {
    return Bearer.challenge(
        detail(401, "Not authenticated: X-Client-Secret and a bearer token are both required"));
  }

  static Answer invalidCredentials() {
    return Bearer.invalid(detail(401, INVALID));
  }

  /** Where a token would not be needed: no challenge may say that one is bad. */
  static Answer noClientSecret() {
    return Bearer.challenge(detail(401, INVALID));
  }

  static Answer notYourOrganisation(String organisation) {
    return detail(403, "The token does not act for organisation '" + organisation + "'");
  }

  static Answer noBatches() {
    return detail(400, "credit_batch_quantities must name at least one credit batch");
  }

  static Answer sameOrganisation() {
    return detail(400, "from_organisation_id and to_organisation_id must differ");
  }

  static Answer batchTwice(String batch) {
    return detail(400, "Credit batch '" + batch + "' is listed more than once");
  }

  static Answer notATransferee(String organisation) {
    return detail(
        400, "Organisation '" + organisation + "' is not among the organisations to transfer to");
  }

  static Answer notABeneficiary(String organisation) {
    return detail(
        400, "Organisation '" + organisation + "' is not among the beneficiaries to retire for");
  }

  static Answer batchNotOwned(String batch, Deed deed) {
    return detail(
        400, "Credit batch '" + batch + "' is not owned by the " + deed.doer() + " organisation");
  }

  static Answer batchOfOtherSupplier(String batch, String supplier) {
    return detail(
        400, "Credit batch '" + batch + "' does not come from supplier '" + supplier + "'");
  }

  static Answer batchOutOfUse(String batch, LotStatus status, Deed deed) {
    return detail(
        400,
        "Credit batch '"
            + batch
            + "' is "
            + status.name().toLowerCase(Locale.ROOT)
            + " and can no longer be "
            + deed.done());
  }

  static Answer batchTooSmall(String batch, BigInteger size, BigInteger wanted) {
    return detail(
        400,
        "Credit batch '"
            + batch
            + "' holds "
            + size
            + " kg, less than the "
            + wanted
            + " kg asked for");
  }

  static Answer noSupplier(String organisation) {
    return detail(400, "Organisation '" + organisation + "' is not a supplier");
  }

  static Answer noBufferPool() {
    return detail(400, "The registry has no buffer pool");
  }

  static Answer orderCompleted(String order) {
    return detail(400, "Order '" + order + "' is completed and takes no more deliveries");
  }

  static Answer orderTooSmall(String order, BigInteger open, BigInteger wanted) {
    return detail(
        400,
        "Order '"
            + order
            + "' has "
            + open
            + " kg left to deliver, less than the "
            + wanted
            + " kg asked for");
  }

  static Answer tooLittleToRetire(BigInteger available, BigInteger wanted) {
    return detail(
        400, "Only " + available + " kg can be retired, less than the " + wanted + " kg asked for");
  }

  static Answer tooManyBatches(int limit) {
    return detail(400, "The credits are in more than " + limit + " batches; retire less at once");
  }

  static Answer balanceOutOfRange(Deed deed) {
    String act = deed.name().toLowerCase(Locale.ROOT);
    return detail(400, "The " + act + " would take a balance out of range");
  }

  static Answer badCursor(String parameter) {
    return detail(400, "'" + parameter + "' is not a cursor of this list");
  }

  static Answer bothCursors() {
    return detail(400, "Page either forwards with after, or backwards with before");
  }

  static Answer rule(String text) {
    return detail(400, text);
  }

  static Answer keyOfAnotherRequest() {
    return detail(409, "This Idempotency-Key was used with a different request");
  }

  static Answer referenceOfAnotherRequest(String reference) {
    return detail(409, "Reference '" + reference + "' was used with a different request");
  }

  static Answer supplierAlready() {
    return detail(409, "The organisation is a supplier already, under another code");
  }

  static Answer unknownRoute() {
    return detail(404, "Not Found");
  }

  static Answer methodNotAllowed() {
    return detail(405, "Method Not Allowed");
  }

  static Answer bodyTooLarge(int limitBytes) {
    return detail(413, "The body is larger than " + limitBytes + " bytes");
  }

  /** The framework reads a body of another type as bytes, which are no object. */
  static Answer notAnObject() {
    var problems = new Problems();
    problems.add(Place.BODY, null, Problem.NOT_AN_OBJECT);
    return problems.answer();
  }

  static Answer invalidJson(String reason) {
    var problems = new Problems();
    problems.invalidJson(0, reason);
    return problems.answer();
  }

  static Answer tooManyRequests(Duration retryAfter) {
    return RetryAfter.on(detail(429, "Too many requests"), retryAfter);
  }

  static Answer overloaded(Duration retryAfter) {
    return RetryAfter.on(
        detail(429, "Too many requests at once; nothing was done, try again"), retryAfter);
  }

  static Answer deadlinePassed() {
    return RetryAfter.on(
        detail(503, "The request waited too long; nothing was done, try again"),
        Duration.ofSeconds(1));
  }

  static Answer nothingDone() {
    return RetryAfter.on(
        detail(503, "The registry cannot be reached; nothing was done, try again"),
        Duration.ofSeconds(1));
  }

  /** Other processes drew the same ids again and again. */
  static Answer noFreeId() {
    return RetryAfter.on(
        detail(503, "No free id was found in time; nothing was done, try again"),
        Duration.ofSeconds(1));
  }

  static Answer unavailable() {
    return detail(
        503,
        "The service is unavailable and the request may or may not have been carried out;"
            + " try again with the same Idempotency-Key");
  }

  /** The framework's own answer to a defect: text, not JSON. */
  static Answer defect() {
    return new Answer(
        500, "text/plain; charset=utf-8", Buffer.buffer("Internal Server Error"), Map.of());
  }
}
