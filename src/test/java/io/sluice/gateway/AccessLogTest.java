package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.testing.Waiting;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class AccessLogTest extends ToyGateway {
  private final Logger log = (Logger) LoggerFactory.getLogger("sluice.access");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Level before = log.getLevel();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.INFO);
  }

  @AfterEach
  void ignore() {
    log.detachAppender(lines);
    log.setLevel(before);
  }

  @Test
  void saysWhatWasAnsweredWithoutAnySecret() {
    // Given
    var secretive = client.with("X-Request-Id", "r-9").with("Authorization", "Bearer secret-1");

    // When
    secretive.post("/toy/secret-2/echo?token=secret-3", "{\"a\":\"secret-4\"}");

    // Then
    Waiting.until(() -> !lines.list.isEmpty());
    ILoggingEvent line = lines.list.getFirst();
    Map<String, Object> values =
        line.getKeyValuePairs().stream().collect(Collectors.toMap(p -> p.key, p -> p.value));
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

  @Test
  void canBeSwitchedOff() {
    // Given
    log.setLevel(Level.OFF);

    // When
    client.get("/toy/a");

    // Then
    awaitInFlight(0);
    assertThat(lines.list).isEmpty();
  }
}
