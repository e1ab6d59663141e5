package io.sluice.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Place;
import io.sluice.dialect.TimeGrammar;
import io.sluice.dialect.Wanted;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The query of an administrator's request. What does not fit is answered 400, and what is not asked
 * for, too: it may be a slip.
 *
 * @param names what is asked for
 */
record AdminQuery(Parameters parameters, Set<String> names) {
  private static final Grammar GRAMMAR = AdminQuery::amiss;

  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  /**
   * Answers by what a query says.
   *
   * @param <C> what a gate knows of a caller
   */
  @FunctionalInterface
  interface Asking<C> {
    Future<Answer> answer(C caller, Call call, AdminQuery query);
  }

  private record Reading<C>(Asking<C> handler, Set<String> names) implements Operation.Handler<C> {
    @Override
    public Future<Answer> answer(C caller, Call call) {
      requireOnly(names, call);
      var parameters = new Parameters(call, GRAMMAR, Parameters.Repeats.REFUSED);
      return handler.answer(caller, call, new AdminQuery(parameters, names));
    }
  }

  /** A handler for queries with these parameters and no others. */
  static <C> Operation.Handler<C> reading(Asking<C> handler, String... names) {
    return new Reading<>(handler, Set.of(names));
  }

  /** The operation, which takes no query unless its handler {@link #reading reads} one. */
  static <C> Operation<C> only(Operation<C> operation) {
    if (operation.handler() instanceof Reading) {
      return operation;
    }
    return operation.answeredBy(
        (caller, call) -> {
          requireOnly(Set.of(), call);
          return operation.handler().answer(caller, call);
        });
  }

  private static void requireOnly(Set<String> names, Call call) {
    if (!names.containsAll(call.query().keySet())) {
      throw AdminErrors.invalid(
          "the query has an unknown parameter; "
              + (names.isEmpty()
                  ? "none is known here"
                  : "known are " + String.join(", ", new TreeSet<>(names))));
    }
  }

  /** How many of a list are wanted. */
  int limit() {
    return whole("limit", 1, MAX_PAGE).orElse(DEFAULT_PAGE);
  }

  Optional<Integer> whole(String name, int min, int max) {
    return read(name, Wanted.Whole.of(min, max)).map(BigInteger::intValueExact);
  }

  Optional<Long> number(String name, long min, long max) {
    return read(name, Wanted.Whole.of(min, max)).map(BigInteger::longValueExact);
  }

  Optional<UUID> id(String name) {
    return read(name, new Wanted.Id());
  }

  Optional<Instant> time(String name) {
    return read(name, new Wanted.Time(TimeGrammar.RFC_3339));
  }

  Optional<String> text(String name, int maxChars) {
    return read(name, new Wanted.Characters(1, maxChars));
  }

  private <T> Optional<T> read(String name, Wanted<T> wanted) {
    if (!names.contains(name)) {
      throw new IllegalStateException("the operation does not say that it takes " + name);
    }
    return parameters.query(name, wanted);
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
