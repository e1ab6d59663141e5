package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key http.accessLog reaches the logger that writes the access log. */
class AccessLogSwitchTest {
  @ParameterizedTest
  @CsvSource({"INFO, true", "OFF, false"})
  void theAccessLogIsWrittenWhenItIsOn(String level, boolean written) throws JoranException {
    // Given
    var context = new LoggerContext();
    context.putProperty("sluice.log.access", level);
    // Not whatever a command that ran before in this process has left.
    context.putProperty("sluice.log.level", "INFO");
    var configurator = new JoranConfigurator();
    configurator.setContext(context);

    // When
    configurator.doConfigure(getClass().getResource("/logback.xml"));

    // Then
    assertThat(context.getLogger("sluice.access").isInfoEnabled()).isEqualTo(written);
    assertThat(context.getLogger("io.sluice").isInfoEnabled()).isTrue();
    context.stop();
  }
}
