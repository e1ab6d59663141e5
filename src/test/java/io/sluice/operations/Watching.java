package io.sluice.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What conf/ has for those who watch a gateway. */
final class Watching {
  static final Path ALERTS = Path.of("conf/prometheus-alerts.yml");
  static final Path ALERT_TESTS = Path.of("conf/prometheus-alerts.test.yml");
  static final Path DASHBOARD = Path.of("conf/grafana-dashboard.json");

  private static final Pattern METRIC = Pattern.compile("\\b(?:sluice|jvm|process|system)_\\w+");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)=~?\"([^\"$]+)\"");

  private Watching() {}

  /** Every rule. */
  static List<JsonNode> alerts() {
    return all(yaml(ALERTS).path("groups")).flatMap(group -> all(group.path("rules"))).toList();
  }

  /** The names of alerts that are tested to fire, or not to. */
  static Set<String> tested(boolean firing) {
    return all(yaml(ALERT_TESTS).path("tests"))
        .flatMap(test -> all(test.path("alert_rule_test")))
        .filter(test -> test.path("exp_alerts").isEmpty() != firing)
        .map(test -> test.path("alertname").stringValue())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static JsonNode dashboard() {
    return new JsonMapper().readTree(DASHBOARD.toFile());
  }

  /** Panels that show something. */
  static List<JsonNode> panels() {
    return all(dashboard().path("panels"))
        .filter(panel -> !panel.path("type").stringValue().equals("row"))
        .toList();
  }

  /** What a dashboard asks Prometheus, with its variables as they may be set. */
  static List<String> questions() {
    return Stream.concat(
            panels().stream().flatMap(panel -> all(panel.path("targets"))),
            all(dashboard().path("annotations").path("list")))
        .map(target -> target.path("expr").stringValue())
        .map(text -> text.replace("$__rate_interval", "5m").replaceAll("\\$\\w+", ".*"))
        .toList();
  }

  /** All that is asked by rules and on the dashboard. */
  static List<String> expressions() {
    return Stream.concat(
            alerts().stream().map(rule -> rule.path("expr").stringValue()), questions().stream())
        .toList();
  }

  /** The metrics that an expression names. */
  static Set<String> metrics(String expression) {
    return METRIC
        .matcher(expression)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What an expression wants labels to be, each as {@code label="value"}. */
  static Set<String> labels(String expression) {
    return MATCHER
        .matcher(expression)
        .results()
        .flatMap(
            found ->
                Stream.of(found.group(2).split("\\|"))
                    .map(value -> found.group(1) + "=\"" + value + "\""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode yaml(Path file) {
    return new YAMLMapper().readTree(file.toFile());
  }

  static Stream<JsonNode> all(JsonNode array) {
    return array.valueStream();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
