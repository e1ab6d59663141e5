package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that arrive while the server closes are hung up on. Vert.x has no server left for
 * them, and Netty would log a stack trace for each.
 */
class LogOfLateConnectionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"io.netty.bootstrap.ServerBootstrap", "io.netty.channel.ChannelInitializer"})
  void theyAreNotLogged(String logger) throws JoranException {
    // Given
    var context = new LoggerContext();
    var configurator = new JoranConfigurator();
    configurator.setContext(context);

    // When
    configurator.doConfigure(getClass().getResource("/logback.xml"));

    // Then
    assertThat(context.getLogger(logger).isWarnEnabled()).isFalse();
    context.stop();
  }
}
