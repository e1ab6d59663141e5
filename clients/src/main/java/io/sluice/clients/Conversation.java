package io.sluice.clients;

import io.sluice.clients.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** One client and the gateway: asks, holds every answer against the document, notes all. */
final class Conversation {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String client;
  private final Provider provider;
  private final Document document;
  private final Driver driver;
  private final Recorder recorder;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Ask> succeeded = new LinkedHashMap<>();
  private final Map<String, Map<Integer, Integer>> statuses = new TreeMap<>();

  Conversation(
      String client, Provider provider, Document document, Driver driver, Recorder recorder) {
    this.client = client;
    this.provider = provider;
    this.document = document;
    this.driver = driver;
    this.recorder = recorder;
  }

  String client() {
    return client;
  }

  Provider provider() {
    return provider;
  }

  Document document() {
    return document;
  }

  List<Finding> findings() {
    return findings;
  }

  /** For each operation the first ask that succeeded. */
  Map<String, Ask> succeeded() {
    return succeeded;
  }

  /** For each operation how often each status came. */
  Map<String, Map<Integer, Integer>> statuses() {
    return statuses;
  }

  /**
   * Asks, and expects one of these statuses.
   *
   * @return what came over the wire; a missing node where nothing came, or no JSON
   */
  JsonNode ask(Ask ask, Integer... expected) {
    return ask(ask, false, Arrays.asList(expected));
  }

  /** The same where the client may see for itself that it must not ask. */
  JsonNode askAmiss(Ask ask, Integer... expected) {
    return ask(ask, true, Arrays.asList(expected));
  }

  private JsonNode ask(Ask ask, boolean mayDecline, List<Integer> expected) {
    Operation operation = document.operation(ask.operation());
    recorder.take();
    Heard heard = driver.call(call(operation, ask));
    List<Exchange> exchanges = recorder.take();
    if (exchanges.size() != 1) {
      if (!mayDecline || !exchanges.isEmpty() || !(heard instanceof Heard.Failed)) {
        find(operation, 0, Kind.NOT_ASKED, exchanges.size() + " requests, and it " + heard);
      }
      return MissingNode.getInstance();
    }
    Exchange exchange = exchanges.getFirst();
    statuses
        .computeIfAbsent(operation.name(), name -> new TreeMap<>())
        .merge(exchange.status(), 1, Integer::sum);
    if (!operation.isFor(exchange)) {
      find(operation, 0, Kind.NOT_ASKED, "it asked " + exchange.method() + exchange.path());
    }
    check(operation, exchange, heard, expected);
    if (exchange.isSuccess()) {
      succeeded.putIfAbsent(operation.name(), ask);
    }
    return exchange.mediaType().equals("application/json")
        ? JSON.readTree(exchange.body())
        : MissingNode.getInstance();
  }

  private ObjectNode call(Operation operation, Ask ask) {
    Map<String, JsonNode> parameters = new TreeMap<>(ask.parameters());
    var always = Map.of("x-client-secret", ask.caller().secret(), "Orum-Version", "v2022-09-21");
    always.forEach(
        (name, value) -> {
          if (operation.parameters().containsKey(name)) {
            parameters.putIfAbsent(name, JSON.valueToTree(value));
          }
        });
    ObjectNode call = JSON.createObjectNode();
    call.put("operation", operation.id()).put("tag", operation.tag());
    call.put("token", ask.caller().token());
    call.set("declared", JSON.valueToTree(operation.parameters()));
    call.set("parameters", JSON.valueToTree(parameters));
    ask.body().ifPresent(body -> call.set("body", body));
    return call;
  }

  private void check(Operation operation, Exchange exchange, Heard heard, List<Integer> expected) {
    int status = exchange.status();
    if (!expected.contains(status)) {
      find(operation, status, Kind.OTHER_STATUS, "not " + expected + ": " + exchange.text());
    }
    if (!document.declares(operation, status)) {
      find(operation, status, Kind.UNDECLARED_STATUS, exchange.text());
    } else {
      for (String misfit : document.misfits(operation, exchange)) {
        find(operation, status, Kind.MISFIT, misfit + ": " + exchange.text());
      }
    }
    String misheard = misheard(exchange, heard);
    if (!misheard.isEmpty()) {
      find(operation, status, Kind.NOT_UNDERSTOOD, misheard);
    }
  }

  private static String misheard(Exchange exchange, Heard heard) {
    return switch (heard) {
      case Heard.Failed(String why) -> why;
      case Heard.Refused(int status) when status == exchange.status() && !exchange.isSuccess() ->
          "";
      case Heard.Refused(int status) -> "it took it for a refusal with " + status;
      case Heard.Understood(JsonNode value) when exchange.isSuccess() -> lost(exchange, value);
      case Heard.Understood(JsonNode value) -> "it took it for a success: " + value;
    };
  }

  private static String lost(Exchange exchange, JsonNode value) {
    if (exchange.body().length == 0) {
      return "";
    }
    if (!exchange.mediaType().equals("application/json")) {
      return value.isString() && value.stringValue().equals(exchange.text())
          ? ""
          : "the file it has is another one: " + value;
    }
    List<String> losses = Likeness.losses(JSON.readTree(exchange.body()), value);
    return losses.isEmpty() ? "" : losses.toString();
  }

  /** Those of the operations that never answered with a success. */
  List<Finding> missed(Set<String> served) {
    return served.stream()
        .filter(name -> !succeeded.containsKey(name))
        .map(name -> new Finding(client, provider, name, 0, Kind.NEVER_SUCCEEDED, "not once"))
        .toList();
  }

  private void find(Operation operation, int status, Kind kind, String text) {
    findings.add(new Finding(client, provider, operation.name(), status, kind, text));
  }
}
