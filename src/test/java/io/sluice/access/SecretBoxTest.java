package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  private static final byte[] SECRET = "whsec_0123".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @Test
  void opensWhatItHasSealedForTheSamePlaceOnly() {
    // Given
    SecretBox box = SecretBox.ephemeral();

    // When
    byte[] sealed = box.seal("here", SECRET);

    // Then
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("whsec_");
    assertThat(box.open("here", sealed)).isEqualTo(SECRET);
    assertThat(box.seal("here", SECRET)).isNotEqualTo(sealed);
    assertThatThrownBy(() -> box.open("there", sealed))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecretBox.ephemeral().open("here", sealed))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> box.open("here", new byte[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsItsKeyInAFileOfItsOwnersOnly() throws IOException {
    // Given
    byte[] sealed = SecretBox.loadOrCreate(directory).seal("here", SECRET);

    // When
    SecretBox again = SecretBox.loadOrCreate(directory);

    // Then
    assertThat(again.open("here", sealed)).isEqualTo(SECRET);
    assertThat(SecretBox.load(directory.resolve(SecretBox.FILE_NAME)).open("here", sealed))
        .isEqualTo(SECRET);
    assertThat(Files.getPosixFilePermissions(directory.resolve(SecretBox.FILE_NAME))).hasSize(2);
    assertThat(again).hasToString("SecretBox");
  }

  @Test
  void saysWhatToDoWithAFileThatHoldsNoKeyAndNothingOfIt() throws IOException {
    // Given
    SecretBox.loadOrCreate(directory);
    Path file = directory.resolve(SecretBox.FILE_NAME);
    Files.writeString(file, "c2hvcnQ=");

    // When / Then
    assertThatThrownBy(() -> SecretBox.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl rand -base64 32")
        .hasMessageNotContaining("c2hvcnQ=");
  }
}
