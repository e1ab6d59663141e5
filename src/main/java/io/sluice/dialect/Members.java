package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the members of a JSON object, strictly; unknown ones are ignored. What does not fit is told
 * to the dialect's {@link Grammar}.
 */
public final class Members {
  private static final Wanted<JsonNode> THING = new Wanted.Thing();

  private final JsonNode object;
  private final Place at;
  private final Grammar grammar;

  private Members(JsonNode object, Place at, Grammar grammar) {
    this.object = object;
    this.at = at;
    this.grammar = grammar;
  }

  /**
   * The members of a body.
   *
   * @throws JsonException when it is not acceptable JSON
   */
  public static Members of(Call call, Grammar grammar) {
    return of(Json.parse(call.body()), grammar);
  }

  /** The members of what stands for a body. */
  public static Members of(JsonNode body, Grammar grammar) {
    if (!body.isObject()) {
      grammar.amiss(Place.BODY, body, THING, Flaw.KIND);
    }
    return new Members(body, Place.BODY, grammar);
  }

  /** The object itself; something else where the grammar read on. */
  public JsonNode node() {
    return object;
  }

  /** Where the object stands. */
  public Place place() {
    return at;
  }

  public boolean has(String name) {
    return !isAbsent(object.get(name));
  }

  /** A member that must be there. */
  public <T> T required(String name, Wanted<T> wanted) {
    JsonNode node = object.get(name);
    if (isAbsent(node)) {
      return missing(name, wanted);
    }
    Optional<T> value = read(name, node, wanted);
    return value.isPresent() ? value.get() : wanted.standIn();
  }

  /** A member that may be left out; also empty where it does not fit and the grammar reads on. */
  public <T> Optional<T> optional(String name, Wanted<T> wanted) {
    JsonNode node = object.get(name);
    return Values.isAbsentOrNull(node) ? Optional.empty() : read(name, node, wanted);
  }

  /** A member that may be null but must be there. */
  public <T> Optional<T> nullable(String name, Wanted<T> wanted) {
    if (Values.isAbsent(object.get(name))) {
      missing(name, wanted);
    }
    return optional(name, wanted);
  }

  /** An object that must be there. */
  public Members inner(String name) {
    return new Members(required(name, THING), at.then(name), grammar);
  }

  /** An object that may be left out. */
  public Optional<Members> optionalInner(String name) {
    return optional(name, THING).map(node -> new Members(node, at.then(name), grammar));
  }

  /** The elements of a list that must be there, each an object. */
  public List<Members> objects(String name, int min, int max) {
    return objects(name, min, max, members -> members);
  }

  /**
   * The same.
   *
   * @param reading makes something of each
   */
  public <T> List<T> objects(String name, int min, int max, Function<Members, T> reading) {
    JsonNode list = required(name, new Wanted.Several(min, max));
    return each(
        name, list, THING, (place, node) -> reading.apply(new Members(node, place, grammar)));
  }

  /** The elements of a list that must be there. */
  public <T> List<T> all(String name, int min, int max, Wanted<T> wanted) {
    JsonNode list = required(name, new Wanted.Several(min, max));
    return each(name, list, wanted, (place, value) -> value);
  }

  /** The elements of a list that may be left out. */
  public <T> Optional<List<T>> optionalAll(String name, int min, int max, Wanted<T> wanted) {
    return optional(name, new Wanted.Several(min, max))
        .map(list -> each(name, list, wanted, (place, value) -> value));
  }

  private interface Element<T, R> {
    R at(Place place, T value);
  }

  private <T, R> List<R> each(String name, JsonNode list, Wanted<T> wanted, Element<T, R> element) {
    List<R> values = new ArrayList<>(list.size());
    Place whole = at.then(name);
    for (JsonNode node : list) {
      Place place = whole.then(values.size());
      Optional<T> value = fitting(node, wanted);
      if (value.isEmpty()) {
        amiss(place, node, wanted);
      }
      values.add(element.at(place, value.orElseGet(wanted::standIn)));
    }
    return Collections.unmodifiableList(values);
  }

  /** Nearly every member fits, so that its place is looked for only when it does not. */
  private <T> Optional<T> read(String name, JsonNode node, Wanted<T> wanted) {
    Optional<T> value = fitting(node, wanted);
    if (value.isEmpty()) {
      amiss(at.then(name), node, wanted);
    }
    return value;
  }

  private static <T> Optional<T> fitting(JsonNode node, Wanted<T> wanted) {
    return node.isNull() ? Optional.empty() : wanted.read(node);
  }

  private void amiss(Place place, JsonNode node, Wanted<?> wanted) {
    grammar.amiss(place, node, wanted, node.isNull() ? Flaw.KIND : wanted.flaw(node));
  }

  private <T> T missing(String name, Wanted<T> wanted) {
    // What is in something that is no object is not missing: the something was told already.
    if (object.isObject()) {
      grammar.amiss(at.then(name), object, wanted, Flaw.MISSING);
    }
    return wanted.standIn();
  }

  private boolean isAbsent(JsonNode node) {
    return grammar.nullIsAbsent() ? Values.isAbsentOrNull(node) : Values.isAbsent(node);
  }
}
