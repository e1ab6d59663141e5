package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFilesTest {
  private static final int NOBODY = 65_534;

  @TempDir Path temporary;

  private Path above;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    above = Files.createDirectory(temporary.resolve("above"));
    directory = above.resolve("own");
  }

  @Test
  void makesADirectoryForItsOwnerOnly() throws IOException {
    // When
    PrivateFiles.prepare(directory);

    // Then
    assertThat(mode(directory)).isEqualTo("rwx------");
  }

  @Test
  void takesFromOthersWhatTheyMayInADirectoryThatIsThere() throws IOException {
    // Given
    Files.createDirectory(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

    // When
    PrivateFiles.prepare(directory);

    // Then
    assertThat(mode(directory)).isEqualTo("rwx------");
  }

  @Test
  void refusesADirectoryBelowOneThatOthersCanWriteTo() throws Exception {
    // Given
    chmod("0777", above);

    // When / Then
    assertThatThrownBy(() -> PrivateFiles.prepare(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(above + " can be written to by other users");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0755", "0700", "1777"})
  void acceptsADirectoryBelowOneInWhichNobodyCanReplaceIt(String mode) throws Exception {
    // Given
    chmod(mode, above);

    // When
    PrivateFiles.prepare(directory);

    // Then
    assertThat(directory).isDirectory();
  }

  @Test
  void acceptsThatTheOwnersOwnGroupCanWriteAbove() throws Exception {
    // Given
    assumeTrue(
        Files.getAttribute(above, "posix:group")
            .toString()
            .equals(Files.getOwner(above).toString()),
        "this user has no group of its own name");
    chmod("0775", above);

    // When
    PrivateFiles.prepare(directory);

    // Then
    assertThat(directory).isDirectory();
  }

  @Test
  void followsALinkAndAsksThereToo() throws Exception {
    // Given
    Path open = Files.createDirectory(temporary.resolve("open"));
    Path target = Files.createDirectory(open.resolve("target"));
    Files.createSymbolicLink(directory, target);
    PrivateFiles.prepare(directory);
    assertThat(mode(target)).isEqualTo("rwx------");
    chmod("0777", open);

    // When / Then
    assertThatThrownBy(() -> PrivateFiles.prepare(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(open + " can be written to by other users");
  }

  @Test
  void refusesALinkAboveThatLeadsWhereOthersCanWrite() throws Exception {
    // Given
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.createDirectory(open.resolve("target"));
    Files.createSymbolicLink(above.resolve("link"), open.resolve("target"));
    chmod("0777", open);

    // When / Then
    assertThatThrownBy(() -> PrivateFiles.prepare(above.resolve("link/own")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(open + " can be written to by other users");
  }

  @Test
  void refusesWhatBelongsToAnotherUser() throws IOException {
    // Given
    assumeTrue(PrivateFiles.weAreRoot(), "only root can give a directory away");
    Files.createDirectory(directory);
    Files.setAttribute(directory, "unix:uid", NOBODY);

    // When / Then
    assertThatThrownBy(() -> PrivateFiles.prepare(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(directory + " belongs to another user (uid 65534)");
    assertThatThrownBy(() -> PrivateFiles.prepare(directory.resolve("below")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(directory + " belongs to another user (uid 65534)");
    assertThatThrownBy(() -> PrivateFiles.requireUnwritable(above))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void readsNoSecretThroughALink() throws IOException {
    // Given
    Path secret = Files.createFile(temporary.resolve("secret"), PrivateFiles.OWNER_ONLY);
    Files.writeString(secret, "word");
    assertThat(PrivateFiles.read(secret)).isEqualTo("word");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), secret);

    // When / Then
    assertThatThrownBy(() -> PrivateFiles.read(link)).isInstanceOf(IllegalStateException.class);
  }

  /** Java itself knows no sticky bit. */
  private static void chmod(String mode, Path path) throws Exception {
    assertThat(new ProcessBuilder("chmod", mode, path.toString()).start().waitFor()).isZero();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
