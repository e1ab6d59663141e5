package io.sluice.command;

import io.sluice.config.ManagementClientSettings;
import io.sluice.config.SluiceConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that ask the management port. */
final class ManagementAccess {
  @Mixin private ConfigurationFile configuration;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "the authorities, as PEM, that say who the gateway is; its port is asked over TLS then")
  private Optional<Path> authorities = Optional.empty();

  /** Reads the configuration, and what the options change in it. */
  SluiceConfig load() {
    return configuration.loadBeside(
        authorities
            .map(file -> Map.of(ManagementClientSettings.CA_FILE, file.toString()))
            .orElse(Map.of()));
  }
}
