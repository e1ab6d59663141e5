package io.sluice.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Call;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Place;
import io.sluice.dialect.TimeGrammar;
import io.sluice.dialect.Wanted;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The query of an administrator's request. What does not fit is answered 400. */
record AdminQuery(Parameters parameters) {
  private static final Grammar GRAMMAR = AdminQuery::amiss;

  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  static AdminQuery of(Call call) {
    return new AdminQuery(new Parameters(call, GRAMMAR, Parameters.Repeats.REFUSED));
  }

  /** How many of a list are wanted. */
  int limit() {
    return whole("limit", 1, MAX_PAGE).orElse(DEFAULT_PAGE);
  }

  Optional<Integer> whole(String name, int min, int max) {
    return parameters.query(name, Wanted.Whole.of(min, max)).map(BigInteger::intValueExact);
  }

  Optional<Long> number(String name, long min, long max) {
    return parameters.query(name, Wanted.Whole.of(min, max)).map(BigInteger::longValueExact);
  }

  Optional<UUID> id(String name) {
    return parameters.query(name, new Wanted.Id());
  }

  Optional<Instant> time(String name) {
    return parameters.query(name, new Wanted.Time(TimeGrammar.RFC_3339));
  }

  Optional<String> text(String name, int maxChars) {
    return parameters.query(name, new Wanted.Characters(1, maxChars));
  }

  private static void amiss(Place at, JsonNode found, Wanted<?> wanted, Flaw flaw) {
    throw AdminErrors.invalid(at + " must be one " + words(wanted));
  }

  private static String words(Wanted<?> wanted) {
    return switch (wanted) {
      case Wanted.Whole whole -> "whole number from " + whole.min() + " to " + whole.max();
      case Wanted.Id id -> "UUID";
      case Wanted.Time time -> "time as RFC 3339 writes it";
      case Wanted.Characters text -> "text of " + text.min() + " to " + text.max() + " characters";
      case Wanted.Flag _, Wanted.OneOf _, Wanted.Thing _ -> throw unknown(wanted);
      case Wanted.Storable _, Wanted.Several _, Wanted.Own<?> _ -> throw unknown(wanted);
    };
  }

  private static IllegalStateException unknown(Wanted<?> wanted) {
    return new IllegalStateException("no query has such a parameter: " + wanted);
  }
}
