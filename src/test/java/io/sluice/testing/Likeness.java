package io.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * Whether JSON has the shape of an example: the same members of the same types. Of an array each of
 * the example's elements has its like in it.
 */
public final class Likeness {
  private Likeness() {}

  /** Where two of them part; empty when they are alike. */
  public static List<String> differences(JsonNode example, JsonNode found) {
    var differences = new ArrayList<String>();
    compare("", example, found, differences);
    return differences;
  }

  private static void compare(
      String place, JsonNode example, JsonNode found, List<String> differences) {
    if (type(example) != type(found)) {
      differences.add(place + " is " + type(found) + " and not " + type(example));
      return;
    }
    if (example.isArray()) {
      for (JsonNode element : example) {
        if (like(element, found).isEmpty()) {
          differences.add(place + "[] has nothing like " + element);
        }
      }
    }
    if (example.isObject()) {
      example.propertyNames().stream()
          .filter(name -> !found.has(name))
          .forEach(name -> differences.add(place + "/" + name + " is missing"));
      found.propertyNames().stream()
          .filter(name -> !example.has(name))
          .forEach(name -> differences.add(place + "/" + name + " is not in the example"));
      example
          .propertyStream()
          .filter(member -> found.has(member.getKey()))
          .forEach(
              member ->
                  compare(
                      place + "/" + member.getKey(),
                      member.getValue(),
                      found.get(member.getKey()),
                      differences));
    }
  }

  private static JsonNodeType type(JsonNode node) {
    return node.getNodeType();
  }

  /** Hands over each text of an example with what stands in the same place. */
  public static void pairs(JsonNode example, JsonNode found, BiConsumer<String, String> pair) {
    if (example.isString() && found.isString()) {
      pair.accept(example.stringValue(), found.stringValue());
    }
    example
        .propertyStream()
        .forEach(member -> pairs(member.getValue(), found.path(member.getKey()), pair));
    if (example.isArray()) {
      example.valueStream().forEach(each -> like(each, found).ifPresent(l -> pairs(each, l, pair)));
    }
  }

  private static Optional<JsonNode> like(JsonNode example, JsonNode array) {
    return array.valueStream().filter(each -> differences(example, each).isEmpty()).findFirst();
  }
}
