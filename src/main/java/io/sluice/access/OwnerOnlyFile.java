package io.sluice.access;

import io.sluice.config.FilePermissions;
import io.sluice.config.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A small secret file that is made for its owner only, and in whose place nobody else can put
 * another.
 */
public final class OwnerOnlyFile {
  private OwnerOnlyFile() {}

  /**
   * The file's text. When there is no file, one is made first, whole or not at all; of several
   * processes that try, one makes it and all read that one's. Blocks the thread.
   *
   * @throws IllegalArgumentException when others than those whom it is meant for ({@link
   *     FilePermissions#openToOthers}) may do anything with it, or could replace it
   */
  public static String readOrCreate(Path file, Supplier<String> content) {
    try {
      if (!Files.exists(file)) {
        create(file.toAbsolutePath(), content.get());
      }
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a secret in " + file, e);
    }
  }

  /**
   * The file's text. Blocks the thread.
   *
   * @throws IllegalArgumentException when others than those whom it is meant for ({@link
   *     FilePermissions#openToOthers}) may do anything with it, or could replace it: a secret that
   *     others could read is none, and one that they could write is theirs
   */
  public static String read(Path file) throws IOException {
    requireIrreplaceable(file);
    Optional<String> open = FilePermissions.openToOthers(file);
    if (open.isPresent()) {
      throw new IllegalArgumentException(
          ("the file %s holds a secret and is open to others than its owner (%s): if nobody can"
                  + " have read it, chmod 600 %s; otherwise replace it by a new one")
              .formatted(file, open.get(), file));
    }
    return Files.readString(file);
  }

  private static void requireIrreplaceable(Path file) {
    try {
      PrivateFiles.requireIrreplaceable(file);
    } catch (IllegalStateException replaceable) {
      throw new IllegalArgumentException(replaceable.getMessage(), replaceable);
    } catch (UnsupportedOperationException _) {
      // Where files have no owners in this sense.
    }
  }

  private static void create(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent(), PrivateFiles.OWNER_ONLY_DIRECTORY);
    Path written =
        Files.createTempFile(
            file.getParent(), file.getFileName().toString(), ".new", PrivateFiles.OWNER_ONLY);
    try {
      Files.writeString(written, content);
      Files.createLink(file, written);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
      return;
    } finally {
      Files.delete(written);
    }
  }
}
