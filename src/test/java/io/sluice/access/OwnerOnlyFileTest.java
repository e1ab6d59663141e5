package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyFileTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rw-r-----",
        "rw-r--r--",
        "rw----r--",
        "rw--w----",
        "rw-----w-",
        "rw---x---",
        "r-----r--"
      })
  void refusesAFileThatIsOpenToOthersWithoutRepeatingWhatIsInIt(String permissions)
      throws IOException {
    // Given
    Path file = secret(permissions);

    // When
    var refusal = assertThatThrownBy(() -> OwnerOnlyFile.read(file));

    // Then
    refusal
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(permissions)
        .hasMessageContaining("chmod 600 " + file)
        .hasMessageNotContaining("very secret");
    assertThatThrownBy(() -> OwnerOnlyFile.readOrCreate(file, () -> "new"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
  void readsAFileThatIsItsOwners(String permissions) throws IOException {
    // Given
    Path file = secret(permissions);

    // When
    String text = OwnerOnlyFile.read(file);

    // Then
    assertThat(text).isEqualTo("very secret");
  }

  /** As orchestrators mount secrets: what counts is who may read the file, not the link. */
  @Test
  void looksAtTheFileBehindALink() throws IOException {
    // Given
    Path open = secret("rw-r--r--");
    Path link = Files.createSymbolicLink(directory.resolve("link"), open);

    // When
    var refusal = assertThatThrownBy(() -> OwnerOnlyFile.read(link));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAFileWhoseDirectoryOthersCanWriteTo() throws IOException {
    // Given
    Path file = secret("rw-------");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

    // When
    var refusal = assertThatThrownBy(() -> OwnerOnlyFile.read(file));

    // Then
    refusal
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(directory + " can be written to by other users");
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    // Given: to read a pipe would wait for whoever writes to it
    Path inner =
        Files.createDirectory(directory.resolve("inner"), PrivateFiles.OWNER_ONLY_DIRECTORY);

    // When
    var refusal = assertThatThrownBy(() -> OwnerOnlyFile.read(inner));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is no file");
  }

  @Test
  void makesDirectoriesForItsOwnerOnly() throws IOException {
    // Given
    Path file = directory.resolve("new").resolve("secret");

    // When
    OwnerOnlyFile.readOrCreate(file, () -> "made");

    // Then
    assertThat(Files.getPosixFilePermissions(file.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  private Path secret(String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "very secret");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
