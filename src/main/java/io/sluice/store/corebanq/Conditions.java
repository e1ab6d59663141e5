package io.sluice.store.corebanq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a list that a request chooses, and their parameters. Only those that are asked
 * for become part of the statement, so that PostgreSQL plans for these.
 */
final class Conditions {
  private final StringBuilder text = new StringBuilder();
  private final List<Object> parameters;

  /** None yet, after so many parameters of the statement itself. */
  Conditions(Object... first) {
    parameters = new ArrayList<>(Arrays.asList(first));
  }

  /**
   * Adds a condition where there is a value for it.
   *
   * @param condition with {@code %s} in the place of the value
   */
  Conditions and(String condition, Optional<?> value) {
    value.ifPresent(there -> and(condition.formatted(bind(there)), true));
    return this;
  }

  /** Adds a condition where it is asked for. */
  Conditions and(String condition, boolean asked) {
    if (asked) {
      text.append(" AND ").append(condition);
    }
    return this;
  }

  /** The place of a further parameter. */
  String bind(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  /** Each after an AND; empty when there is none. */
  String text() {
    return text.toString();
  }

  Object[] parameters() {
    return parameters.toArray();
  }
}
