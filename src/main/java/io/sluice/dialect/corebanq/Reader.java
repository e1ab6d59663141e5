package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Members;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Parameters.Repeats;
import io.sluice.dialect.Place;
import io.sluice.dialect.TimeGrammar;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.corebanq.Errors.FieldError;
import io.sluice.ledger.Amount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads requests and gathers everything that is wrong with one, so that a client learns all of it
 * at once. What stands in for a value that is refused is never seen outside the reading.
 */
final class Reader implements Grammar {
  static final Wanted<UUID> ID = new Wanted.Id();
  static final Wanted<Boolean> FLAG = new Wanted.Flag();
  static final Wanted<Instant> TIME = new Wanted.Time(TimeGrammar.RFC_3339);

  /** The most bytes of metadata, written compactly. */
  static final int MAX_METADATA_BYTES = 16 * 1024;

  private static final Wanted<BigInteger> AMOUNT = Wanted.Whole.of(1, Long.MAX_VALUE);
  static final Wanted<BigInteger> CENTS = Wanted.Whole.of(0, Long.MAX_VALUE);
  private static final Wanted<JsonNode> METADATA = new Wanted.Storable(MAX_METADATA_BYTES);

  private final List<FieldError> errors = new ArrayList<>();
  private final Parameters parameters;
  private final Optional<Members> body;

  private Reader(Call call, boolean hasBody) {
    parameters = new Parameters(call, this, Repeats.REFUSED);
    body = hasBody ? Optional.of(Members.of(call, this)) : Optional.empty();
  }

  /**
   * Reads a request whose body must be a JSON object.
   *
   * @throws ApiException with everything that is wrong
   */
  static <T> T withBody(Call call, Function<Reader, T> reading) {
    return new Reader(call, true).read(reading);
  }

  /**
   * Reads the path and the query of a request without a body.
   *
   * @throws ApiException with everything that is wrong
   */
  static <T> T withoutBody(Call call, Function<Reader, T> reading) {
    return new Reader(call, false).read(reading);
  }

  private <T> T read(Function<Reader, T> reading) {
    T read = reading.apply(this);
    if (!errors.isEmpty()) {
      throw new ApiException(Errors.validationFailed(errors));
    }
    return read;
  }

  /** The ledger that the path names. */
  UUID ledger() {
    return parameters.path("id", ID);
  }

  /** The user that the path names. */
  UUID user() {
    return parameters.path("id", ID);
  }

  /** The entry that the path names. */
  UUID entry() {
    return parameters.path("entryId", ID);
  }

  /** A parameter of the query; also empty where it does not fit. */
  <T> Optional<T> query(String name, Wanted<T> wanted) {
    return parameters.query(name, wanted);
  }

  /** The members of an object that a parameter is. */
  Members within(String name, JsonNode object) {
    return Members.of(
        object,
        (at, found, wanted, flaw) -> refuse(name + "." + at.step(), message(at, wanted, flaw)));
  }

  /** A number from the query, or the usual one where the query has none. */
  int parameter(String name, int usual, int min, int max) {
    return parameters
        .query(name, Wanted.Whole.of(min, max))
        .map(BigInteger::intValueExact)
        .orElse(usual);
  }

  <T> T required(String name, Wanted<T> wanted) {
    return body().required(name, wanted);
  }

  /** Also empty where JSON null is given. */
  <T> Optional<T> optional(String name, Wanted<T> wanted) {
    return body().optional(name, wanted);
  }

  /** What is to move: one cent or more. */
  Amount amount() {
    return new Amount(required("amount", AMOUNT));
  }

  /** Zero cents or more, or the usual sum where none is given. */
  long cents(String name, long usual) {
    return body().has(name) ? required(name, CENTS).longValueExact() : usual;
  }

  Metadata metadata() {
    return optional("metadata", METADATA).map(Metadata::of).orElse(Metadata.NONE);
  }

  /** New metadata; JSON null, which otherwise is the same as nothing, takes the old one away. */
  Optional<Metadata> changedMetadata() {
    return body().node().has("metadata") ? Optional.of(metadata()) : Optional.empty();
  }

  /** Notes each of these members that the body has. */
  void refuseAll(List<String> members, String message) {
    members.stream().filter(body().node()::has).forEach(name -> refuse(name, message));
  }

  /** Notes something that is wrong. */
  void refuse(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  private Members body() {
    return body.orElseThrow();
  }

  @Override
  public void amiss(Place at, JsonNode found, Wanted<?> wanted, Flaw flaw) {
    refuse(at.step(), message(at, wanted, flaw));
    if (at.equals(Place.BODY)) {
      throw new ApiException(Errors.validationFailed(errors));
    }
  }

  private static String message(Place at, Wanted<?> wanted, Flaw flaw) {
    if (flaw == Flaw.REPEATED) {
      return "is given more than once";
    }
    if (wanted instanceof Wanted.Storable storable && flaw != Flaw.KIND) {
      return flaw == Flaw.SIZE
          ? "must have at most " + storable.maxBytes() + " bytes of JSON"
          : "must not have numbers that long";
    }
    if (at.isIn(Place.PATH)) {
      return "in the path must be " + kind(at, wanted);
    }
    return (flaw == Flaw.MISSING ? "is required and must be " : "must be ") + kind(at, wanted);
  }

  private static String kind(Place at, Wanted<?> wanted) {
    return switch (wanted) {
      case Wanted.Characters text ->
          "a string of " + text.min() + " to " + text.max() + " characters";
      case Wanted.Id id -> "a UUID";
      case Wanted.Whole whole ->
          (at.isIn(Place.QUERY) ? "one whole number" : "a JSON integer")
              + (" from " + whole.min() + " to " + whole.max());
      case Wanted.Flag flag -> "true or false";
      case Wanted.Time time -> "an RFC 3339 date-time such as 2024-01-31T12:00:00Z";
      case Wanted.OneOf one -> "one of " + String.join(", ", one.words());
      case Wanted.Thing thing -> "a JSON object";
      case Wanted.Storable storable -> "a JSON object";
      case Wanted.Several several ->
          "a list of " + several.min() + " to " + several.max() + " elements";
      case Wanted.Own<?> own -> ((Kind<?>) own).rule();
    };
  }
}
