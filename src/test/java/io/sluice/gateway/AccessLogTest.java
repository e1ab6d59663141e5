package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sluice.testing.CapturedLog;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTest extends ToyGateway {
  private static final String NAME = "sluice.access";

  private static Map<String, Object> values(ILoggingEvent line) {
    var values = new HashMap<String, Object>();
    ((AccessLine) line.getArgumentArray()[0])
        .tell(
            new AccessLine.Fields() {
              @Override
              public void text(String name, String value) {
                values.put(name, value);
              }

              @Override
              public void number(String name, long value) {
                values.put(name, value);
              }
            });
    return values;
  }

  @Test
  void saysWhatWasAnsweredWithoutAnySecret() {
    try (CapturedLog log = CapturedLog.of(NAME)) {
      // Given
      var secretive = client.with("X-Request-Id", "r-9").with("Authorization", "Bearer secret-1");

      // When
      secretive.post("/toy/secret-2/echo?token=secret-3", "{\"a\":\"secret-4\"}");

      // Then
      ILoggingEvent line = log.await("answered");
      Map<String, Object> values = values(line);
      assertThat(values)
          .containsEntry("http.request.id", "r-9")
          .containsEntry("sluice.dialect", "toy")
          .containsEntry("sluice.operation", "echo")
          .containsEntry("http.request.method", "POST")
          .containsEntry("http.response.status_code", 200L)
          .containsEntry("http.request.body.bytes", 16L)
          .containsEntry("client.address", "127.0.0.1")
          .containsKeys("event.duration", "http.response.body.bytes");
      assertThat(values.toString() + line.getFormattedMessage()).doesNotContain("secret");
    }
  }

  @Test
  void saysWhoAskedInWhichTraceAndFromBehindWhichProxy() {
    // Given
    restart(Map.of("http.trustedProxies", "127.0.0.1/32"));
    try (CapturedLog log = CapturedLog.of(NAME)) {
      var traced =
          client
              .with("X-Forwarded-For", "6.6.6.6, 192.0.2.1")
              .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

      // When
      traced.get("/toy/abc");

      // Then
      assertThat(values(log.await("answered")))
          .containsEntry("client.address", "192.0.2.1")
          .containsEntry("trace.id", "0af7651916cd43dd8448eb211c80319c")
          .containsEntry("parent.id", "b7ad6b7169203331")
          .containsKey("sluice.tenant");
    }
  }

  @Test
  void believesNobodyElseWhereAClientIs() {
    try (CapturedLog log = CapturedLog.of(NAME)) {
      // When
      client.with("X-Forwarded-For", "192.0.2.1").get("/toy/abc");

      // Then
      assertThat(values(log.await("answered"))).containsEntry("client.address", "127.0.0.1");
    }
  }

  @Test
  void canBeSwitchedOff() {
    try (CapturedLog log = CapturedLog.of(NAME)) {
      // Given
      ((Logger) LoggerFactory.getLogger(NAME)).setLevel(Level.OFF);

      // When
      client.get("/toy/a");

      // Then
      awaitInFlight(0);
      assertThat(log.lines()).isEmpty();
    }
  }
}
