package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.sluice.dialect.Json;
import io.sluice.testing.LogSchema;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

/** That nobody writes lines of the log by what he sends. */
class LogLinesTest {
  private static final Pattern PATTERN = Pattern.compile("<pattern>(.*)</pattern>");

  private final LoggerContext context = new LoggerContext();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n2026-01-01T00:00:00.000Z INFO  x forged",
        "a\r\nb",
        "\u001b[2K\u001b[1Aforged",
        "ab\u202egnp.exe",
        "a\u2066b\u2069",
        "a\u2028b\u0085c",
        "a\u0000b\u007f",
        "x\" status=200 \"",
        "\ud800"
      })
  void escapesWhatWouldEndOrTurnALine(String sent) throws IOException {
    // Given
    LoggingEvent event = event(sent);

    // When
    String text = text(event);
    String json = json(event);

    // Then
    assertThat(text.lines()).hasSize(1);
    assertThat(text.strip().codePoints())
        .noneMatch(
            c ->
                Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.SURROGATE);
    assertThat(text.substring(text.indexOf("user.name="))).doesNotContain("x\" status=200");
    assertThat(json.strip().chars()).allMatch(c -> c >= ' ' && c < 127);
    LogSchema.assertFits(json);
  }

  @Test
  void saysWhenWithDateAndZone() throws IOException {
    // When
    String line = text(event("x"));

    // Then
    assertThat(line)
        .matches("(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d{3}(Z|[+-]\\d\\d:\\d\\d) .*");
  }

  @Test
  void keepsAFailureFromLookingLikeALine() throws IOException {
    // Given
    LoggingEvent event = event("x");
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(
            new IllegalStateException("bad\n2026-01-01T00:00:00.000Z INFO forged")));

    // When
    String text = text(event);

    // Then
    assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
    LogSchema.assertFits(json(event));
  }

  @Test
  void readsTheSameInJson() {
    // Given
    String sent = "\u202e\n\u001b \"quoted\" \u00e9";

    // When
    var line = Json.parse(Buffer.buffer(json(event(sent))));

    // Then
    assertThat(line.path("message").textValue()).isEqualTo(sent);
    assertThat(line.path("user.name").textValue()).isEqualTo(sent);
  }

  private LoggingEvent event(String sent) {
    var event =
        new LoggingEvent(
            "", context.getLogger("io.sluice.X"), Level.INFO, "{}", null, new Object[] {sent});
    event.addKeyValuePair(new KeyValuePair("user.name", sent));
    event.addKeyValuePair(new KeyValuePair("sluice.tenant", 7));
    return event;
  }

  private String text(LoggingEvent event) throws IOException {
    String file = Files.readString(Path.of("src/main/resources/logback-text.xml"));
    Matcher pattern = PATTERN.matcher(file);
    assertThat(pattern.find()).isTrue();
    var layout = new ch.qos.logback.classic.PatternLayout();
    layout.setContext(context);
    layout.getInstanceConverterMap().put("line", LogText::new);
    layout.setPattern(pattern.group(1));
    layout.start();
    return layout.doLayout(event);
  }

  private static String json(LoggingEvent event) {
    return new String(new LogJson().encode(event), StandardCharsets.US_ASCII);
  }
}
