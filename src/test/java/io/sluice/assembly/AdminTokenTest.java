package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  private SluiceConfig config(Map<String, String> more) {
    Map<String, String> options = new java.util.HashMap<>(more);
    options.put("data.directory", directory.resolve("data").toString());
    return Dialects.configReader(Dialects.ALL).read(Optional.empty(), Map.of(), options);
  }
}
