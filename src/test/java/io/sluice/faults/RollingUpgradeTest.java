package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.assembly.Bootstrap;
import io.sluice.assembly.Dialects;
import io.sluice.config.SluiceConfig;
import io.sluice.store.Migrations;
import io.sluice.testing.GatewayProcess;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway of the next build, whose schema has something more, takes over from one of this build
 * while clients send transfers, and this build takes over again. There is no release yet to come
 * from, so the next build is this one with one more migration.
 */
class RollingUpgradeTest {
  private static final int CLIENTS = 8;
  private static final int ENOUGH = 100;
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final String NEXT_VERSION = "9000";

  /** What a migration may do beside gateways that serve: add what they do not ask for. */
  private static final String NEXT =
      """
      ALTER TABLE tenant ADD COLUMN region text NOT NULL DEFAULT 'here';
      CREATE TABLE region (tenant_id integer NOT NULL, name text NOT NULL, PRIMARY KEY (tenant_id, name));
      """;

  @TempDir Path directory;

  private final TestDatabase database = TestDatabase.create();
  private final TransferLoad load = new TransferLoad();

  @AfterEach
  void close() {
    load.close();
    database.close();
  }

  @Test
  void losesAndDoublesNothingOnTheWayToTheNextBuildAndBack() throws IOException {
    // Given
    List<Path> next = List.of(nextBuild());
    String call = bootstrap();
    try (GatewayProcess before = start(List.of())) {
      load.aimAt(call, before.awaitServing());
      load.start(CLIENTS);
      awaitTransfers();

      // When
      try (GatewayProcess after = start(next)) {
        replace(call, before, after);
        try (GatewayProcess again = start(List.of())) {
          replace(call, after, again);
          load.stop();
          load.sendEverythingAgain();
        }
      }
    }

    // Then
    assertThat(load.unexplained()).isEmpty();
    assertThat(new Migrations(database.database()).current()).contains(NEXT_VERSION);
    DemoBooks.requireTransfers(database.database(), load.acknowledged());
  }

  /** As a balancer does: both while both are ready, then only the one that stays. */
  private void replace(String call, GatewayProcess goes, GatewayProcess comes) {
    load.aimAt(call, goes, comes.awaitServing());
    awaitTransfers();
    goes.terminate();
    load.aimAt(call, comes);
    assertThat(goes.exitCode()).as(goes.output()).isZero();
    assertThat(goes.output()).contains("Stopped").doesNotContain("\tat ");
    awaitTransfers();
  }

  private void awaitTransfers() {
    int enough = load.acknowledged() + ENOUGH;
    Waiting.until(() -> load.acknowledged() >= enough);
  }

  /** A directory that stands before this build's classes. */
  private Path nextBuild() throws IOException {
    Path classes = Files.createDirectory(directory.resolve("next"));
    Path migrations = Files.createDirectories(classes.resolve("db/migration"));
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.toList()) {
        Files.copy(file, migrations.resolve(file.getFileName()));
      }
    }
    Files.writeString(migrations.resolve("V" + NEXT_VERSION + "__region.sql"), NEXT);
    return classes;
  }

  private GatewayProcess start(List<Path> build) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "SLUICE_DATABASE_URL", database.url(),
                "SLUICE_HTTP_LAME_DUCK_MS", "500",
                "SLUICE_HTTP_REQUEST_TIMEOUT_MS", "600000",
                "SLUICE_PIPELINE_DEADLINE_MS", "500000",
                "SLUICE_PIPELINE_DRAIN_TIMEOUT_MS", "600000"));
    if (!build.isEmpty()) {
      // Its start migrates, as the command would.
      environment.put("SLUICE_DATABASE_MIGRATE_URL", database.ownerUrl());
    }
    return GatewayProcess.startBuild(build, directory, environment);
  }

  private String bootstrap() {
    SluiceConfig config =
        Dialects.configReader(Dialects.ALL)
            .read(
                Optional.empty(),
                Map.of(),
                Map.of("data.directory", directory.resolve("data").toString()));
    var order = new Bootstrap.Order("acme", Set.of("corebanq"), false);
    var made = (Bootstrap.Result.Made) Bootstrap.run(config, database.roles(), order);
    return made.transfers().getFirst().first().orElseThrow().curl();
  }
}
