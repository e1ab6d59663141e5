package io.sluice.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A statement made of those conditions that somebody asks for, and no others: each can then lead
 * PostgreSQL along an index, which one that may be NULL cannot. Texts come from this program only;
 * whatever comes from outside is a parameter.
 */
public final class Query {
  private final StringBuilder text;
  private final List<Object> parameters;

  /** Begins a statement with the parameters that its text names by number. */
  public Query(String text, Object... parameters) {
    this.text = new StringBuilder(text);
    this.parameters = new ArrayList<>(Arrays.asList(parameters));
  }

  /** Adds to the text. */
  public Query add(String more) {
    text.append(' ').append(more);
    return this;
  }

  /**
   * Adds to the text what has parameters of its own.
   *
   * @param more with a {@code ?} for each of the values, in their order
   */
  public Query add(String more, Object... values) {
    int from = 0;
    text.append(' ');
    for (Object value : values) {
      int place = more.indexOf('?', from);
      parameters.add(value);
      text.append(more, from, place).append('$').append(parameters.size());
      from = place + 1;
    }
    text.append(more, from, more.length());
    return this;
  }

  String text() {
    return text.toString();
  }

  Object[] parameters() {
    return parameters.toArray();
  }
}
