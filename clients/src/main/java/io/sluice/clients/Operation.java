package io.sluice.clients;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One operation of a provider's document.
 *
 * @param name method and path, as in {@code GET /transfers/{id}}
 * @param id what the document calls it, from which generators make the names of methods
 * @param tag from which generators make the names of classes; empty without one
 * @param pointer the JSON pointer to it
 * @param parameters the formats of its parameters by their names; an empty text without one
 */
record Operation(
    String name,
    String id,
    String tag,
    String pointer,
    Map<String, String> parameters,
    Pattern pattern) {
  String method() {
    return name.substring(0, name.indexOf(' '));
  }

  String path() {
    return name.substring(name.indexOf(' ') + 1);
  }

  /** What is the same whatever the parameters in the path are called. */
  String shape() {
    return shape("");
  }

  /** The same for where the path stands behind something. */
  String shape(String base) {
    return method() + " " + base + path().replaceAll("\\{\\w+}", "{}");
  }

  boolean isFor(Exchange exchange) {
    return exchange.method().equals(method()) && pattern.matcher(exchange.path()).matches();
  }

  /** The one parameter in its path. */
  Optional<String> idInPath() {
    return path().contains("{id}") ? Optional.of("id") : Optional.empty();
  }
}
