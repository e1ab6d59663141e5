package io.sluice.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Who may do anything with a file. */
public final class FilePermissions {
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private FilePermissions() {}

  /**
   * How a file is open to others than its owner, as in {@code rw-r--r--}; empty when it is not, and
   * where files have no owners in this sense.
   */
  public static Optional<String> openToOthers(Path file) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return OWNERS.containsAll(permissions)
          ? Optional.empty()
          : Optional.of(PosixFilePermissions.toString(permissions));
    } catch (UnsupportedOperationException _) {
      return Optional.empty();
    }
  }
}
