package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.sluice.assembly.Assembly;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Pieces;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private static final Pattern BAD_UNIT =
      Pattern.compile(
          ".*_(ms|millis|milliseconds|ns|nanoseconds|us|microseconds|minutes|hours|days|kb|mb|"
              + "kilobytes|percent)(_.*|$)");

  @Test
  void speaksPlainTextByDefault() {
    try (TestingManagement management = new TestingManagement(TestingGateway.shared())) {
      // Given a client that does not say what it prefers

      // When
      Reply reply = management.anybody().get("/metrics");

      // Then
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(reply.text())
          .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "jvm_classes_loaded")
          .contains("process_uptime_seconds", "process_cpu_seconds_total", "system_cpu_usage")
          .contains("sluice_build_info{")
          .doesNotContain("# EOF");
    }
  }

  @Test
  void speaksOpenMetricsToThoseWhoAskForIt() {
    try (TestingManagement management = new TestingManagement(TestingGateway.shared())) {
      // Given what Prometheus sends
      String accept =
          "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

      // When
      Reply reply = management.anybody().with("Accept", accept).get("/metrics");

      // Then
      assertThat(reply.contentType()).isEqualTo("application/openmetrics-text");
      assertThat(reply.text()).endsWith("# EOF\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "text/plain",
        "garbage",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"
      })
  void speaksPlainTextToEverybodyElse(String accept) {
    try (Metrics metrics = new Metrics("test")) {
      // Given somebody who does not ask for OpenMetrics

      // When
      Answer answer = metrics.scrape(accept);

      // Then
      assertThat(answer.contentType()).startsWith("text/plain");
    }
  }

  @Test
  void tellsWhetherTheGatewayIsReadyAndAsksAgainWithEachScrape() {
    var well = new AtomicBoolean(true);
    var check =
        new HealthCheck(
            "database",
            () -> well.get() ? Future.succeededFuture("up") : Future.failedFuture("gone"));
    try (TestingManagement management =
        new TestingManagement(TestingGateway.shared(), List.of(check))) {
      // Given one that was well
      Waiting.until(
          () -> management.anybody().get("/metrics").text().contains("\nsluice_ready 1.0\n"));

      // When
      well.set(false);

      // Then
      Waiting.until(
          () -> management.anybody().get("/metrics").text().contains("\nsluice_ready 0.0\n"));
    }
  }

  @Test
  void tellsThatAGatewayWhichIsStoppedIsNotReady() {
    try (TestingManagement management = new TestingManagement(TestingGateway.shared(), List.of())) {
      // Given one that was well
      assertThat(management.anybody().get("/health/ready").status()).isEqualTo(200);

      // When
      management.management.drain();

      // Then
      assertThat(management.anybody().get("/metrics").text()).contains("\nsluice_ready 0.0\n");
    }
  }

  /** As many tenants make it: more than the port keeps of what a client has not read. */
  @Test
  void sendsALongTextInPieces() {
    try (Metrics metrics = new Metrics("test")) {
      // Given
      for (int i = 0; i < 20_000; i++) {
        metrics.registry().gauge("many", Tags.of("name", "gauge " + i), i);
      }

      // When
      Answer answer = metrics.scrape("");

      // Then
      List<Buffer> pieces = all(answer.pieces().orElseThrow());
      assertThat(pieces).hasSizeGreaterThan(10);
      assertThat(pieces).allMatch(piece -> piece.length() <= PackedText.PIECE_BYTES);
      var text = Buffer.buffer();
      pieces.forEach(text::appendBuffer);
      assertThat(text.toString().lines().filter(line -> line.startsWith("many{")))
          .hasSize(20_000)
          .contains("many{name=\"gauge 19999\"} 19999.0");
    }
  }

  @Test
  void endsWithAClientThatHasGone() {
    // Given
    var text = PackedText.of(new byte[3 * PackedText.PIECE_BYTES]);
    assertThat(Await.result(text.next())).isPresent();

    // When
    text.left();

    // Then
    assertThat(text.next().failed()).isTrue();
  }

  private static List<Buffer> all(Pieces pieces) {
    return Stream.generate(() -> Await.result(pieces.next()))
        .takeWhile(Optional::isPresent)
        .map(Optional::get)
        .toList();
  }

  @Test
  void namesMetersAsPrometheusWantsThem() {
    try (TestDatabase database = TestDatabase.create();
        Metrics metrics = new Metrics("test")) {
      // Given the meters of a whole gateway
      Vertx vertx = Vertx.vertx();
      Assembly assembly =
          Await.result(TestingGateway.assembly(vertx, database, metrics.registry()));

      // When
      List<String> lines = metrics.registry().scrape().lines().toList();

      // Then
      Await.result(assembly.stop());
      Await.result(vertx.close());
      Set<String> counters = named(lines, "# TYPE (\\S+) counter");
      assertThat(counters).isNotEmpty().allMatch(name -> name.endsWith("_total"));
      assertThat(named(lines, "# TYPE (\\S+) gauge"))
          .noneMatch(name -> name.matches(".*_(total|count|sum|bucket)"));
      Set<String> all = named(lines, "# TYPE (\\S+) .*");
      assertThat(all).noneMatch(name -> BAD_UNIT.matcher(name).matches());
      assertThat(named(lines, "# HELP (\\S+) \\S.*")).containsAll(all);
    }
  }

  private static Set<String> named(List<String> lines, String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    return lines.stream()
        .map(wanted::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
