package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;

/**
 * Reads the parameters of a path and a query, strictly. What does not fit is told to the dialect's
 * {@link Grammar}.
 */
public final class Parameters {
  private final Call call;
  private final Grammar grammar;
  private final Repeats repeats;

  /** Which of a parameter's values counts where it is given more than once: one rule an API. */
  public enum Repeats {
    LAST,
    /** None: that does not fit. */
    REFUSED
  }

  public Parameters(Call call, Grammar grammar, Repeats repeats) {
    this.call = call;
    this.grammar = grammar;
    this.repeats = repeats;
  }

  /** A parameter of the path. */
  public <T> T path(String name, Wanted<T> wanted) {
    return read(Place.PATH, name, call.pathParameter(name), wanted).orElseGet(wanted::standIn);
  }

  /** A parameter of the query; also empty where it does not fit and the grammar reads on. */
  public <T> Optional<T> query(String name, Wanted<T> wanted) {
    List<String> given = call.query().getOrDefault(name, List.of());
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (given.size() > 1 && repeats == Repeats.REFUSED) {
      grammar.amiss(
          Place.QUERY.then(name), TextNode.valueOf(given.getLast()), wanted, Flaw.REPEATED);
      return Optional.empty();
    }
    return read(Place.QUERY, name, given.getLast(), wanted);
  }

  /** A parameter of the query that may be given several times; none where it is not given. */
  public <T> List<T> queryAll(String name, Wanted<T> wanted) {
    return call.query().getOrDefault(name, List.of()).stream()
        .flatMap(text -> read(Place.QUERY, name, text, wanted).stream())
        .toList();
  }

  private <T> Optional<T> read(Place root, String name, String text, Wanted<T> wanted) {
    JsonNode node = wanted.node(text);
    Optional<T> value = wanted.read(node);
    if (value.isEmpty()) {
      grammar.amiss(root.then(name), node, wanted, wanted.flaw(node));
    }
    return value;
  }
}
