package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.config.VerifySettings;
import io.sluice.store.Verifier;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/backup.md that need no server of their own. */
class BackupTest {
  @TempDir Path directory;

  @Test
  void restoresADumpOfLiveBooksWhole() throws Exception {
    try (TestingGateway gateway = TestingGateway.start();
        TestDatabase restored = TestDatabase.createEmpty()) {
      // Given
      assumeTrue(
          dumps(gateway.database()), "no pg_dump of the server's version or a later one is here");
      FourApis apis = FourApis.of(gateway);
      apis.redeem("kept");
      apis.transferBooks("kept");
      apis.retire("kept");
      String id = apis.transferBetweenLedgers();
      String file = directory.resolve("sluice.dump").toString();

      // When
      run("pg_dump", "-Fc", "-d", gateway.database().ownerUrl(), "-f", file);
      run(
          "pg_restore",
          "-d",
          restored.ownerUrl(),
          "--no-owner",
          "--no-privileges",
          "--exit-on-error",
          file);

      // Then
      Verifier.Report report =
          Verifier.run(restored.roles().owner(), VerifySettings.SECTION.of(Map.of()), step -> {});
      assertThat(report.isWhole()).isTrue();
      assertThat(query(restored, "SELECT count(*) FROM transfer"))
          .isEqualTo(query(gateway.database(), "SELECT count(*) FROM transfer"));
      assertThat(query(restored, "SELECT count(*) FROM transfer WHERE id = '" + id + "'"))
          .isEqualTo("1");
    }
  }

  private static boolean dumps(TestDatabase database) throws InterruptedException {
    try {
      String version = run("pg_dump", "--version").replaceAll("\\D*(\\d+).*\\s*", "$1");
      String server = query(database, "SHOW server_version_num");
      return Integer.parseInt(version) >= Integer.parseInt(server) / 10_000;
    } catch (IOException none) {
      return false;
    }
  }

  private static String query(TestDatabase database, String sql)
      throws IOException, InterruptedException {
    return run("psql", "-Atc", sql, "-d", database.ownerUrl()).strip();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(List.of(command) + "\n" + output).isZero();
    return output;
  }
}
