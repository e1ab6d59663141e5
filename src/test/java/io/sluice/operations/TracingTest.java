package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What whoever collects traces gets of a gateway, and what a collector in trouble does to it. */
class TracingTest {
  private static final String PARENT = "b7ad6b7169203331";

  private final Collector collector = new Collector();

  @AfterEach
  void close() {
    collector.close();
  }

  private TestingGateway gateway(Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(changes);
    settings.put("tracing.endpoint", collector.url());
    return TestingGateway.start(settings);
  }

  private static String trace(int number) {
    return "%032x".formatted(number);
  }

  /** A client who has its calls traced, or says that they are not. */
  private static TestClient traced(TestClient client, String trace, boolean sampled) {
    return client.with("traceparent", "00-" + trace + "-" + PARENT + (sampled ? "-01" : "-00"));
  }

  private static FourApis traced(FourApis apis, String trace, boolean sampled) {
    return new FourApis(
        apis.tenant(),
        traced(apis.isometric(), trace, sampled),
        traced(apis.orum(), trace, sampled),
        traced(apis.scrip(), trace, sampled),
        traced(apis.corebanq(), trace, sampled));
  }

  /** The span of the call that made a transfer. */
  private Span spanOf(String operation) {
    return collector.spans().stream()
        .filter(span -> operation.equals(Collector.attributes(span).get("sluice.operation")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no span of " + operation));
  }

  @Test
  void tellsOfACallInItsCallersTraceLinkedWithItsBatch() {
    TenantId tenant;
    try (TestingGateway gateway = gateway(Map.of())) {
      // Given callers of all four APIs who have their calls traced
      FourApis apis = traced(FourApis.of(gateway), trace(7), true);
      tenant = apis.tenant();

      // When
      apis.retire("a-key-of-isometric");
      apis.transferBooks("a-reference-of-orum");
      apis.redeem("a-key-of-scrip");
      apis.transferBetweenLedgers();
    }

    // Then
    Stream.of(
            "createRetirementFromOldestCredits",
            "createBookTransfer",
            "createRedemption",
            "transferFunds")
        .map(this::spanOf)
        .forEach(
            call -> {
              assertThat(Collector.hex(call.getTraceId().toByteArray())).isEqualTo(trace(7));
              assertThat(Collector.hex(call.getParentSpanId().toByteArray())).isEqualTo(PARENT);
              assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
              assertThat(Collector.attributes(call))
                  .containsEntry("http.request.method", "POST")
                  .containsEntry("sluice.outcome", "posted")
                  .containsEntry("sluice.tenant", Integer.toString(tenant.value()))
                  .containsKeys("http.request.id", "sluice.dialect", "http.route")
                  .containsKeys("http.response.status_code", "sluice.credential");
              assertThat(call.getName()).startsWith("POST /");
              assertLinked(call);
            });
    assertThat(Collector.attributes(spanOf("transferFunds")))
        .containsEntry("http.route", "/v1/ledgers/:id/transfer")
        .containsKey("sluice.transfer");
  }

  private void assertLinked(Span call) {
    assertThat(call.getLinksList()).hasSize(1);
    Span batch = collector.at(call.getLinks(0)).orElseThrow();
    assertThat(batch.getName()).isEqualTo("batch");
    assertThat(batch.getLinksList()).extracting(Span.Link::getSpanId).contains(call.getSpanId());
    assertThat(batch.getEventsList())
        .extracting(Span.Event::getName)
        .containsExactly("locked", "decided");
    assertThat(batch.getStartTimeUnixNano())
        .isBetween(call.getStartTimeUnixNano(), call.getEndTimeUnixNano());
    assertThat(batch.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
  }

  @Test
  void tellsNeitherSecretsNorAmountsNorWhatCallersCallThings() {
    String token;
    try (TestingGateway gateway = gateway(Map.of())) {
      // Given
      FourApis apis = FourApis.of(gateway);
      token = apis.orum().headers().get("Authorization").replace("Bearer ", "");

      // When
      apis.transferBooks("a-reference-of-orum");
    }

    // Then
    assertThat(collector.spans()).isNotEmpty();
    assertThat(collector.heard().toString())
        .contains("createBookTransfer")
        .doesNotContain(token, "a-reference-of-orum", "demo-operations", "1250", "USD");
  }

  @Test
  void findsTheCallOfEachCommandAlsoWhereManyLookTheSameUpAtOnce() {
    List<String> traces = new ArrayList<>();
    try (TestingGateway gateway = gateway(Map.of("names.memoryMib", "0"))) {
      // Given a gateway that has not looked anybody up
      TestClient orum = FourApis.of(gateway).orum();

      // When many name the same parties at once
      List<CompletableFuture<Reply>> replies = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        traces.add(trace(i));
        replies.add(
            traced(orum, trace(i), true)
                .sendAsync(
                    "POST",
                    "/deliver/booktransfers",
                    """
                    {"book_transfer_reference_id":"%s","amount":1,"currency":"USD",
                     "source":{"subledger_reference_id":"demo-operations"},
                     "destination":{"subledger_reference_id":"demo-payouts"}}\
                    """
                        .formatted(UUID.randomUUID())));
      }
      replies.forEach(reply -> FourApis.ok(reply.join()));
    }

    // Then
    assertThat(traces)
        .allSatisfy(
            trace -> {
              Span call = collector.call(trace).orElseThrow();
              assertThat(call.getLinksList()).hasSize(1);
              Span batch = collector.at(call.getLinks(0)).orElseThrow();
              assertThat(batch.getLinksList())
                  .extracting(Span.Link::getSpanId)
                  .contains(call.getSpanId());
            });
  }

  @Test
  void sendsNothingOfCallsThatTheirCallersDoNotTrace() {
    try (TestingGateway gateway = gateway(Map.of())) {
      // Given
      FourApis apis = traced(FourApis.of(gateway), trace(1), false);

      // When
      apis.transferBooks("not-traced");
    }

    // Then the end of the gateway would have sent it
    assertThat(collector.heard()).isEmpty();
  }

  @Test
  void sendsNothingWhereNoneIsSampled() {
    try (TestingGateway gateway = gateway(Map.of("tracing.sampledPerMillion", "0"))) {
      // Given a caller who wants its call traced
      FourApis apis = traced(FourApis.of(gateway), trace(1), true);

      // When
      apis.transferBooks("not-sampled");
    }

    // Then
    assertThat(collector.heard()).isEmpty();
  }

  @Test
  void keepsNobodyWaitingForACollectorThatHangs() {
    // Given one that takes spans and says nothing, and room for few
    collector.does(Collector::hang);
    try (TestingGateway gateway =
        gateway(Map.of("tracing.queueSpans", "64", "tracing.timeoutMs", "60000"))) {
      FourApis apis = FourApis.of(gateway);

      // When more calls come than could wait and be on their way
      for (int i = 0; i < 130; i++) {
        apis.transferBooks("hangs-" + i);
      }

      // Then all were carried out, and what found no room was counted
      assertThat(spans(gateway, "dropped")).isPositive();
      assertThat(gateway.registry().get("sluice.tracing.waiting.spans").gauge().value())
          .isLessThanOrEqualTo(64);
    }
  }

  @Test
  void countsWhatACollectorDoesNotTake() {
    // Given
    collector.does(Collector::refuse);
    try (TestingGateway gateway = gateway(Map.of())) {
      FourApis apis = FourApis.of(gateway);

      // When
      apis.transferBooks("refused");

      // Then
      Waiting.until(() -> spans(gateway, "failed") > 0);
      assertThat(spans(gateway, "sent")).isZero();
    }
  }

  private static double spans(TestingGateway gateway, String result) {
    return gateway
        .registry()
        .get("sluice.tracing.spans")
        .tag("result", result)
        .functionCounter()
        .count();
  }
}
