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

  private static final int ROOT = 0;

  private FilePermissions() {}

  /**
   * How a file is open to others than those whom a secret in it is meant for, as in {@code
   * rw-r--r--}: its owner, and the group that root has handed it over to. Empty when it is not, and
   * where files have no owners in this sense.
   */
  public static Optional<String> openToOthers(Path file) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      boolean handedOver = !PrivateFiles.weAreRoot() && owner(file) == ROOT;
      return isOpen(permissions, handedOver)
          ? Optional.of(PosixFilePermissions.toString(permissions))
          : Optional.empty();
    } catch (UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  /**
   * Whether others than those whom a secret is meant for may do anything with its file.
   *
   * @param handedOver by root to a process that is not: it can read the file as a member of its
   *     group only, which is how Kubernetes mounts secrets
   */
  static boolean isOpen(Set<PosixFilePermission> permissions, boolean handedOver) {
    Set<PosixFilePermission> allowed = EnumSet.copyOf(OWNERS);
    if (handedOver) {
      allowed.add(PosixFilePermission.GROUP_READ);
    }
    return !allowed.containsAll(permissions);
  }

  private static int owner(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:uid");
  }
}
