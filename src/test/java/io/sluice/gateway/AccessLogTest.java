package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sluice.testing.CapturedLog;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTest extends ToyGateway {
  private static final String NAME = "sluice.access";

  @Test
  void saysWhatWasAnsweredWithoutAnySecret() {
    try (CapturedLog log = CapturedLog.of(NAME)) {
      // Given
      var secretive = client.with("X-Request-Id", "r-9").with("Authorization", "Bearer secret-1");

      // When
      secretive.post("/toy/secret-2/echo?token=secret-3", "{\"a\":\"secret-4\"}");

      // Then
      ILoggingEvent line = log.await("answered");
      Map<String, Object> values = CapturedLog.values(line);
      assertThat(values)
          .containsEntry("request_id", "r-9")
          .containsEntry("dialect", "toy")
          .containsEntry("operation", "echo")
          .containsEntry("method", "POST")
          .containsEntry("status", 200)
          .containsEntry("received_bytes", 16L)
          .containsEntry("remote", "127.0.0.1")
          .containsKeys("duration_us", "sent_bytes");
      assertThat(values.toString() + line.getFormattedMessage()).doesNotContain("secret");
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
