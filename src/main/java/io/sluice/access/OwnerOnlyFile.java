package io.sluice.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A small secret file that is readable by its owner only, from the moment that it exists. */
public final class OwnerOnlyFile {
  private OwnerOnlyFile() {}

  /**
   * The file's text. When there is no file, one is made first, whole or not at all; of several
   * processes that try, one makes it and all read that one's. Blocks the thread.
   */
  public static String readOrCreate(Path file, Supplier<String> content) {
    try {
      if (!Files.exists(file)) {
        create(file.toAbsolutePath(), content.get());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a secret in " + file, e);
    }
  }

  private static void create(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Path written =
        Files.createTempFile(
            file.getParent(),
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
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
