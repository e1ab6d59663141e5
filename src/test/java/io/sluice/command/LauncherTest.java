package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/sluice}, with a Java that only says how it was called. */
class LauncherTest {
  @TempDir Path directory;

  private Path home;

  @BeforeEach
  void install() throws IOException {
    Path installed = directory.resolve("an installation");
    Files.createDirectories(installed.resolve("bin"));
    Files.copy(Path.of("bin/sluice"), installed.resolve("bin/sluice"));
    Files.createFile(installed.resolve("sluice.jar"));
    home = installed.toRealPath();
  }

  @Test
  void startsFromAnyDirectoryByAnyName() throws Exception {
    // Given
    Path java = java("java-25", "25.0.1");
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, home.resolve("bin/sluice"));

    // When
    String called = run(link, java, "bootstrap", "acme", "-d", "scrip");

    // Then
    assertThat(called)
        .isEqualTo(
            "java-25 [@%1$s/conf/jvm.options] [-Dsluice.home=%1$s] [-jar] [%1$s/sluice.jar] [bootstrap] [acme] [-d] [scrip] \n"
                .formatted(home));
  }

  @Test
  void passesAnOlderJavaOver() throws Exception {
    // Given
    Path old = java("java-21", "21.0.2");
    Path onPath = java("java-26", "26");

    // When
    String called =
        shell(home.resolve("bin/sluice"), Map.of("JAVA_HOME", old.toString()), onPath, "health");

    // Then
    assertThat(called).startsWith("java-26 ");
  }

  @Test
  void saysThatItIsNotBuilt() throws Exception {
    // Given
    Path java = java("java-25", "25");
    Files.delete(home.resolve("sluice.jar"));

    // When
    String said = run(home.resolve("bin/sluice"), java);

    // Then
    assertThat(said)
        .isEqualTo("sluice: there is no sluice.jar in " + home + "; mvn package makes it\n");
  }

  private Path java(String name, String version) throws IOException {
    Path made = Files.createDirectories(directory.resolve(name));
    Files.writeString(made.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path program = Files.createDirectories(made.resolve("bin")).resolve("java");
    Files.writeString(program, "#!/bin/sh\nprintf '" + name + " '; printf '[%s] ' \"$@\"; echo\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return made;
  }

  private String run(Path script, Path java, String... arguments) throws Exception {
    return shell(script, Map.of("JAVA_HOME", java.toString()), java, arguments);
  }

  private String shell(Path script, Map<String, String> environment, Path onPath, String... words)
      throws Exception {
    var command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", onPath.resolve("bin") + ":", (path, first) -> first + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
