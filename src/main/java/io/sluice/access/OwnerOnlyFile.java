package io.sluice.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** A small secret file that is for its owner only, from the moment that it exists. */
public final class OwnerOnlyFile {
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private OwnerOnlyFile() {}

  /**
   * The file's text. When there is no file, one is made first, whole or not at all; of several
   * processes that try, one makes it and all read that one's. Blocks the thread.
   *
   * @throws IllegalArgumentException when somebody else than its owner may do anything with it
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
   * @throws IllegalArgumentException when somebody else than its owner may do anything with it: a
   *     secret that others could read is none, and one that they could write is theirs
   */
  public static String read(Path file) throws IOException {
    Set<PosixFilePermission> permissions = permissions(file);
    if (!OWNERS.containsAll(permissions)) {
      throw new IllegalArgumentException(
          "the file "
              + file
              + " holds a secret and is open to others than its owner ("
              + PosixFilePermissions.toString(permissions)
              + "): if nobody can have read it, chmod 600 "
              + file
              + "; otherwise replace it by a new one");
    }
    return Files.readString(file);
  }

  /** Nothing where files have no owners in this sense. */
  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException _) {
      return Set.of();
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
