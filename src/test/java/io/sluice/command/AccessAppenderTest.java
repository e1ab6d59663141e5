package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.gateway.AccessLine;
import io.sluice.gateway.TraceParent;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.operations.LogLoss;
import io.sluice.testing.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class AccessAppenderTest {
  private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.089Z");
  private static final String NASTY = "GE\"T\\\n\u202Eé";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Logger logger = new LoggerContext().getLogger("sluice.access");
  private AccessAppender appender = appender(output);

  private AccessAppender appender(OutputStream to) {
    return new AccessAppender(new PrintStream(to, false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    appender.stop();
  }

  private void answer(AccessLine line) {
    var event = new LoggingEvent("", logger, Level.INFO, "answered {}", null, new Object[] {line});
    event.setInstant(TIME);
    appender.doAppend(event);
  }

  private static AccessLine line(String method) {
    return new AccessLine(
        "r-1",
        "toy",
        "echo",
        method,
        201,
        1_234_567_890_123L,
        0,
        10,
        "::1",
        Optional.of(new TransferId(new UUID(1, 2))),
        Optional.of(new Principal(new TenantId(7), new CredentialNumber(9))),
        Optional.of(new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true)));
  }

  private static AccessLine stranger(int number) {
    return new AccessLine(
        "r-" + number,
        "toy",
        "none",
        "GET",
        401,
        1,
        2,
        3,
        "127.0.0.1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What the rest of the log would write for the same fields. */
  private ILoggingEvent usual(AccessLine line) {
    var event = new LoggingEvent("", logger, Level.INFO, "answered", null, null);
    event.setInstant(TIME);
    event.setThreadName(Thread.currentThread().getName());
    line.tell(
        new AccessLine.Fields() {
          @Override
          public void text(String name, String value) {
            event.addKeyValuePair(new KeyValuePair(name, value));
          }

          @Override
          public void number(String name, long value) {
            event.addKeyValuePair(new KeyValuePair(name, value));
          }
        });
    return event;
  }

  private String written() {
    appender.stop();
    return output.toString(StandardCharsets.UTF_8);
  }

  @Test
  void looksLikeTheRestOfTheLogForPeople() {
    // Given
    appender.setForm("text");
    appender.start();

    // When
    List.of(line("GET"), line(NASTY), stranger(1)).forEach(this::answer);

    // Then
    assertThat(written().lines())
        .allMatch(text -> text.matches("2026-03-0\\dT\\d\\d:\\d\\d:07\\.089\\S+ INFO  access .*"))
        .extracting(text -> text.substring(text.indexOf("answered")))
        .containsExactly(
            new LogText().convert(usual(line("GET"))).strip(),
            new LogText().convert(usual(line(NASTY))).strip(),
            new LogText().convert(usual(stranger(1))).strip());
  }

  @Test
  void looksLikeTheRestOfTheLogForMachines() {
    // Given
    appender.setForm("json");
    appender.start();

    // When
    List.of(line("GET"), line(NASTY), stranger(1)).forEach(this::answer);

    // Then
    assertThat(written().lines().map(AccessAppenderTest::json))
        .containsExactly(
            json(new LogJson().encode(usual(line("GET")))),
            json(new LogJson().encode(usual(line(NASTY)))),
            json(new LogJson().encode(usual(stranger(1)))));
    assertThat(output.toString(StandardCharsets.UTF_8)).matches("[\\x20-\\x7E\\n]*");
  }

  private static JsonNode json(String text) {
    return json(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(byte[] text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void dropsAndCountsLinesWhileTheOutputStalls() {
    // Given
    var taken = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    appender =
        appender(
            new OutputStream() {
              @Override
              public void write(int octet) {
                output.write(octet);
              }

              @Override
              public void write(byte[] bytes, int from, int count) {
                taken.countDown();
                Waiting.until(() -> release.getCount() == 0);
                output.write(bytes, from, count);
              }
            });
    appender.start();
    answer(stranger(0));
    Waiting.until(() -> taken.getCount() == 0);
    long before = LogLoss.ACCESS.lines();

    // When
    for (int i = 1; i <= AccessAppender.MAX_WAITING_LINES + 3; i++) {
      answer(stranger(i));
    }
    release.countDown();

    // Then
    List<String> lines = written().lines().toList();
    assertThat(lines).hasSize(AccessAppender.MAX_WAITING_LINES + 2);
    assertThat(LogLoss.ACCESS.lines()).isEqualTo(before + 3);
    assertThat(lines.getLast()).contains(" WARN ", "were dropped sluice.count=3");
    assertThat(lines.get(lines.size() - 2))
        .contains("http.request.id=r-" + AccessAppender.MAX_WAITING_LINES + " ");
  }
}
