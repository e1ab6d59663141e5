package io.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What a document says of the headers of answers, of which it has to declare all. */
final class OpenApiHeaders {
  /** What says of any message how HTTP carries and keeps it, and which no document repeats. */
  private static final Set<String> GENERAL =
      Set.of(
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "date",
          "transfer-encoding",
          "x-content-type-options");

  /** Everything in which an answer's headers do not fit what is declared of its response. */
  List<String> misfits(OpenApiDocument document, String response, Reply reply) {
    List<String> misfits = new ArrayList<>();
    JsonNode declared = document.at(response + "/headers");
    for (Map.Entry<String, JsonNode> header : declared.properties()) {
      String pointer = document.resolve(response + "/headers/" + header.getKey());
      Optional<String> value = reply.header(header.getKey());
      if (value.isEmpty() && document.at(pointer + "/required").asBoolean(false)) {
        misfits.add("the header " + header.getKey() + " is missing");
      }
      value.ifPresent(
          text ->
              misfits.addAll(document.misfits(pointer + "/schema", json(document, pointer, text))));
    }
    reply.headers().keySet().stream()
        .filter(name -> !GENERAL.contains(name))
        .filter(name -> !isDeclared(declared, name))
        .forEach(name -> misfits.add("the header " + name + " is not declared"));
    return misfits;
  }

  private static String json(OpenApiDocument document, String pointer, String text) {
    boolean isNumber = document.at(pointer + "/schema/type").asString("").equals("integer");
    return isNumber && text.matches("[0-9]+") ? text : StringNode.valueOf(text).toString();
  }

  private static boolean isDeclared(JsonNode declared, String name) {
    return declared.properties().stream()
        .anyMatch(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name));
  }
}
