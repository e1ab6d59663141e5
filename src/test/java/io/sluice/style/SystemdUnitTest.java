package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** deploy/systemd/sluice.service fits what it runs. */
class SystemdUnitTest {
  private static List<String> values(String name) throws IOException {
    return Files.readAllLines(Deployed.FILES.resolve("systemd/sluice.service")).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  private static String value(String name) throws IOException {
    List<String> values = values(name);
    assertThat(values).as(name).hasSize(1);
    return values.getFirst();
  }

  private static SluiceConfig config() throws IOException {
    Map<String, String> environment =
        values("Environment").stream()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    return Deployed.config(environment);
  }

  @Test
  void startsWhatThereIsWithItsStateWhereItMayWrite() throws IOException {
    // When
    String[] command = value("ExecStart").split(" ");

    // Then
    assertThat(Path.of("bin/sluice")).isExecutable();
    assertThat(command[0]).isEqualTo("/opt/sluice/bin/sluice");
    assertThat(command[1]).isEqualTo("serve");
    assertThat(config().data().directory()).isEqualTo(Path.of("/var/lib", value("StateDirectory")));
    assertThat(value("Documentation")).endsWith("/docs/deployment.md");
  }

  @Test
  void givesAStopTheTimeThatItTakes() throws IOException {
    // When
    long seconds = Long.parseLong(value("TimeoutStopSec"));

    // Then
    assertThat(seconds).isGreaterThanOrEqualTo(Deployed.stop(config()).toSeconds());
  }

  @Test
  void givesTheProcessTheMemoryAndTheFilesThatItMayUse() throws IOException {
    // When
    int mib = Integer.parseInt(value("MemoryMax").replace("M", ""));
    int files = Integer.parseInt(value("LimitNOFILE"));

    // Then
    assertThat(mib).isGreaterThan(Deployed.processMib());
    assertThat(files).isGreaterThan(2 * config().http().maxConnections());
  }

  @Test
  void doesNotTryAgainWhatCannotBecomeRight() throws IOException {
    // When
    String codes = value("RestartPreventExitStatus");

    // Then
    assertThat(Files.readString(Path.of("README.md")))
        .contains("| 2 | a wrong command line |", "| 3 | a wrong configuration |");
    assertThat(codes).isEqualTo("2 3");
  }
}
