package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.AuditTrail;
import io.sluice.config.SluiceConfig;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.operations.AdminCredential;
import io.sluice.store.access.AuditStore;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
  @TempDir Path directory;

  @Test
  void isMadeOnceForItsOwnerOnly() throws IOException {
    // Given
    SluiceConfig config = config(Map.of());

    // When
    String token = AdminToken.of(config);

    // Then
    assertThat(token).hasSizeGreaterThanOrEqualTo(32).isEqualTo(AdminToken.of(config));
    assertThat(Files.readString(AdminToken.file(config)).strip()).isEqualTo(token);
    assertThat(Files.getPosixFilePermissions(AdminToken.file(config)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void isTheConfiguredOneWhenThereIsOne() {
    // Given
    SluiceConfig config = config(Map.of("management.adminToken", "a-token-of-my-own"));

    // When
    String token = AdminToken.of(config);

    // Then
    assertThat(token).isEqualTo("a-token-of-my-own");
    assertThat(AdminToken.file(config)).doesNotExist();
  }

  @Test
  void isNeverShort() throws IOException {
    // Given
    SluiceConfig config = config(Map.of());
    Files.createDirectories(config.data().directory());
    Files.writeString(AdminToken.file(config), "\n");
    Files.setPosixFilePermissions(
        AdminToken.file(config), PosixFilePermissions.fromString("rw-------"));

    // When / Then
    assertThatThrownBy(() -> AdminToken.of(config))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("has a token of 0 characters");
  }

  @Test
  void isNotTakenFromAFileThatOthersMayRead() throws IOException {
    // Given
    SluiceConfig config = config(Map.of());
    AdminToken.of(config);
    Files.setPosixFilePermissions(
        AdminToken.file(config), PosixFilePermissions.fromString("rw-r--r--"));

    // When / Then
    assertThatThrownBy(() -> AdminToken.of(config))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void isReplacedWhileTheGatewayRuns() throws IOException {
    // Given
    TestDatabase database = TestDatabase.create();
    Vertx vertx = Vertx.vertx();
    SluiceConfig config = config(Map.of());
    String first = AdminToken.of(config);
    AdminCredential token = AdminCredential.of(first);
    var store = new AuditStore(database.pools(vertx));
    var audit = new AuditTrail(store, new TimeOrderedIds(Clock.systemUTC()), Clock.systemUTC(), 60);

    try (CapturedLog log = CapturedLog.of(AdminTokenFollower.class)) {
      // When
      AdminTokenFollower.start(vertx, config, token, audit);
      Files.writeString(AdminToken.file(config), "a token of an owner's own\n");
      Waiting.until(() -> token.admits("a token of an owner's own"));
      Files.writeString(AdminToken.file(config), "short");
      log.await(
          "The admin token stays as it was: the file "
              + AdminToken.file(config)
              + " has a token of 5 characters");
      assertThat(token.admits("a token of an owner's own")).isTrue();
      Files.delete(AdminToken.file(config));
      Waiting.until(() -> !token.admits("a token of an owner's own"));

      // Then
      assertThat(token.admits(first)).isFalse();
      assertThat(token.admits(AdminToken.known(config))).isTrue();
      assertThat(token.admits("short")).isFalse();
    } finally {
      Await.result(vertx.close());
      database.close();
    }
  }

  private SluiceConfig config(Map<String, String> more) {
    Map<String, String> options = new java.util.HashMap<>(more);
    options.put("data.directory", directory.resolve("data").toString());
    return Dialects.configReader(Dialects.ALL).read(Optional.empty(), Map.of(), options);
  }
}
