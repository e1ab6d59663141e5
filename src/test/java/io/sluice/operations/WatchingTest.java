package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The alerts and the dashboard in conf/, held against a gateway and by Prometheus' own tool. */
class WatchingTest {
  private static final Path RUNBOOK = Path.of("docs/runbook.md");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (Sluice\\w+)$");

  /** Of these, Prometheus itself or chance decides which values there are. */
  private static final Set<String> FREE =
      Set.of("job", "status", "instance", "dialect", "tenant", "method");

  /** How metrics begin that tests of TLS look at. */
  private static final String ONLY_WITH_TLS = "sluice_tls_";

  /** Traces go nowhere, but are counted. */
  private static final String NOBODY = "http://127.0.0.1:9/v1/traces";

  @TempDir private Path directory;

  @Test
  void prometheusAcceptsTheRulesAndTheConfiguration() throws Exception {
    // When
    Promtool.accepts("check", "rules", Watching.ALERTS.toString());
    Promtool.accepts("check", "config", "conf/prometheus.yml");

    // Then it is content
  }

  @Test
  void everyAlertFiresWhenItShould() throws Exception {
    // When
    Promtool.accepts("test", "rules", Watching.ALERT_TESTS.toString());

    // Then it is content
  }

  @Test
  void everyAlertIsTestedBothWays() {
    // When
    Set<String> names = names();

    // Then
    assertThat(names).isNotEmpty();
    assertThat(Watching.tested(true)).isEqualTo(names);
    assertThat(Watching.tested(false)).isEqualTo(names);
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhereToReadOn() {
    // Given
    String page = Watching.read(RUNBOOK);

    // When
    List<JsonNode> alerts = Watching.alerts();

    // Then
    assertThat(alerts)
        .allSatisfy(
            alert -> {
              String name = alert.path("alert").stringValue();
              assertThat(alert.path("labels").path("severity").stringValue())
                  .isIn("critical", "warning");
              assertThat(alert.path("annotations").path("summary").stringValue()).isNotBlank();
              assertThat(alert.path("annotations").path("runbook_url").stringValue())
                  .isEqualTo(RUNBOOK + "#" + name.toLowerCase(Locale.ROOT));
            });
    assertThat(sections(page)).isEqualTo(names());
    assertThat(page.split("(?m)^## Sluice"))
        .filteredOn(section -> !section.startsWith("# "))
        .allSatisfy(
            section ->
                assertThat(section)
                    .contains("**Means**", "**Look**")
                    .containsIgnoringCase("**do**"));
  }

  @Test
  void theDashboardIsWhatGrafanaReads() {
    // When
    JsonNode dashboard = Watching.dashboard();

    // Then
    List<JsonNode> all = Watching.all(dashboard.path("panels")).toList();
    assertThat(all).extracting(panel -> panel.path("id").intValue()).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(panel -> assertThat(panel.path("title").stringValue()).isNotBlank());
    assertThat(all)
        .allSatisfy(
            panel -> {
              JsonNode place = panel.path("gridPos");
              assertThat(place.path("x").intValue() + place.path("w").intValue()).isBetween(1, 24);
            });
    assertThat(all.stream().flatMap(WatchingTest::cells)).doesNotHaveDuplicates();
    assertThat(Watching.panels())
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              assertThat(panel.path("datasource").path("uid").stringValue())
                  .isEqualTo("${datasource}");
              assertThat(Watching.all(panel.path("targets")))
                  .isNotEmpty()
                  .extracting(target -> target.path("refId").stringValue())
                  .doesNotHaveDuplicates();
            });
    assertThat(Watching.all(dashboard.path("templating").path("list")))
        .extracting(variable -> variable.path("name").stringValue())
        .contains("datasource", "instance", "tenant", "dialect");
    assertThat(Watching.panels())
        .flatExtracting(panel -> Watching.all(panel.path("targets")).toList())
        .allSatisfy(
            target ->
                assertThat(target.path("expr").stringValue()).contains("instance=~\"$instance\""));
  }

  @Test
  void prometheusUnderstandsWhatTheDashboardAsks() throws Exception {
    // Given each question as a rule, for a tool that only reads rules
    var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
    int number = 0;
    for (String question : Watching.questions()) {
      rules
          .append("      - record: question:")
          .append(++number)
          .append("\n        expr: >-\n          ")
          .append(question)
          .append('\n');
    }
    Path file = Files.writeString(directory.resolve("rules.yml"), rules);

    // When
    Promtool.accepts("check", "rules", file.toString());

    // Then it is content
    assertThat(number).isPositive();
  }

  @Test
  void asksOnlyForWhatAGatewayTells() throws IOException {
    try (TestingGateway gateway = TestingGateway.start(Map.of("tracing.endpoint", NOBODY))) {
      // Given a gateway that has carried a transfer out, refused one, and collected garbage
      FourApis apis = FourApis.of(gateway);
      apis.transferBooks("watched");
      apis.orum()
          .post(
              "/deliver/booktransfers",
              """
              {"book_transfer_reference_id":"too-much","amount":999999999999,"currency":"USD",
               "source":{"subledger_reference_id":"demo-operations"},
               "destination":{"subledger_reference_id":"demo-payouts"}}\
              """);
      apis.transferBetweenLedgers();
      System.gc();
      Waiting.until(() -> scrape(gateway).contains("jvm_gc_pause_seconds_max"));

      // When
      List<String> lines = scrape(gateway).lines().filter(line -> !line.startsWith("#")).toList();

      // Then
      Set<String> told =
          lines.stream()
              .map(line -> line.split("[{ ]")[0])
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(Watching.expressions())
          .isNotEmpty()
          .filteredOn(asked -> !asked.contains(ONLY_WITH_TLS))
          .allSatisfy(asked -> assertThat(told).as(asked).containsAll(Watching.metrics(asked)));
      assertThat(Watching.expressions())
          .flatExtracting(Watching::labels)
          .filteredOn(label -> !FREE.contains(label.split("=")[0]))
          .filteredOn(label -> !label.startsWith("operation=") && !label.startsWith("alert"))
          .isNotEmpty()
          .allSatisfy(label -> assertThat(lines).anyMatch(line -> line.contains(label)));
    }
  }

  @Test
  void countsAsTransfersWhatApisCallSo() {
    // Given
    Set<String> operations =
        Stream.of("isometric", "orum", "scrip", "corebanq")
            .flatMap(dialect -> OpenApiDocument.of(dialect).operations().stream())
            .map(operation -> "operation=\"" + operation.id() + '"')
            .collect(Collectors.toCollection(TreeSet::new));

    // When
    Set<String> named =
        Watching.expressions().stream()
            .flatMap(asked -> Watching.labels(asked).stream())
            .filter(label -> label.startsWith("operation="))
            .collect(Collectors.toCollection(TreeSet::new));

    // Then
    assertThat(named).isNotEmpty().isSubsetOf(operations);
  }

  private static String scrape(TestingGateway gateway) {
    return gateway.admin().get("/metrics").text();
  }

  private static Set<String> names() {
    return Watching.alerts().stream()
        .map(alert -> alert.path("alert").stringValue())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> sections(String page) {
    return SECTION
        .matcher(page)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> cells(JsonNode panel) {
    JsonNode place = panel.path("gridPos");
    int left = place.path("x").intValue();
    int top = place.path("y").intValue();
    return Stream.iterate(left, x -> x < left + place.path("w").intValue(), x -> x + 1)
        .flatMap(
            x ->
                Stream.iterate(top, y -> y < top + place.path("h").intValue(), y -> y + 1)
                    .map(y -> x + "," + y));
  }
}
