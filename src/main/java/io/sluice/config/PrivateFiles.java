package io.sluice.config;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * Files that no other user of the machine may change, and directories that none may enter. Whoever
 * can write to a directory can put another one in its place, so all directories above count too.
 * Every failure is an {@link IllegalStateException} that names the place and what to do.
 */
public final class PrivateFiles {
  /** For a new file. */
  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = mode("rw-------");

  /** For a new directory. */
  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
      mode("rwx------");

  /** Whom nothing can be kept from anyway. */
  private static final int ROOT = 0;

  private static final int OTHERS = 0077;
  private static final int GROUP_WRITES = 0020;
  private static final int ALL_WRITE = 0002;

  /** In such a directory nobody can rename or remove what is another's. */
  private static final int STICKY = 01000;

  private static final int US = (int) new UnixSystem().getUid();

  private PrivateFiles() {}

  private static FileAttribute<Set<PosixFilePermission>> mode(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /** Whether this process runs as root, which PostgreSQL refuses. */
  public static boolean weAreRoot() {
    return US == ROOT;
  }

  /** Makes a directory that only its owner may enter, or takes away what others may there. */
  public static void prepare(Path directory) {
    try {
      Path absolute = directory.toAbsolutePath();
      Files.createDirectories(absolute, OWNER_ONLY_DIRECTORY);
      requireSafeWay(absolute.getParent());
      requireSafeLink(absolute);
      Path real = absolute.toRealPath();
      Entry entry = Entry.of(real);
      requireOurs(real, entry);
      if ((entry.mode() & OTHERS) != 0) {
        Files.setPosixFilePermissions(real, OWNER_ONLY_DIRECTORY.value());
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot use the directory " + directory + ": " + e.getMessage(), e);
    }
  }

  /** A file's text that nobody else can read; it must not be a link. */
  public static String read(Path file) throws IOException {
    Entry entry = Entry.of(file);
    requireOurs(file, entry);
    if (entry.isLink() || (entry.mode() & OTHERS) != 0) {
      throw new IllegalStateException(
          file
              + " can be read by others, so what it holds is no secret any more; stop what uses it"
              + " and remove the file, a new one is made at the next start");
    }
    return Files.readString(file);
  }

  /**
   * That a file, which may be reached through links, is one that nobody but root can put another in
   * the place of. Who may read it is not looked at.
   */
  public static void requireIrreplaceable(Path file) {
    try {
      Path absolute = file.toAbsolutePath();
      requireSafeWay(absolute.getParent());
      requireSafeLink(absolute);
      Path real = absolute.toRealPath();
      requireSafeWay(real.getParent());
      if (!Files.isRegularFile(real)) {
        throw new IllegalStateException(file + " is no file");
      }
      Entry entry = Entry.of(real);
      if (entry.owner() != ROOT) {
        requireOurs(real, entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That all files in a directory belong to us and that nobody else may write to them. */
  public static void requireUnwritable(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes)
                throws IOException {
              return visitFile(inner, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Entry entry = Entry.of(file);
              if (entry.owner() != US || entry.isWritableByOthers()) {
                throw new IllegalStateException(
                    file
                        + " is another user's or can be changed by one; look who did that, and"
                        + " remove "
                        + directory
                        + ", which is unpacked anew at the next start");
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireOurs(Path path, Entry entry) {
    if (entry.owner() != US) {
      throw new IllegalStateException(
          path
              + " belongs to another user (uid "
              + entry.owner()
              + "); use another place, or hand it over with chown");
    }
  }

  private static void requireSafeWay(Path directory) throws IOException {
    for (Path step = directory; step != null; step = step.getParent()) {
      requireSafe(step);
    }
  }

  private static void requireSafe(Path directory) throws IOException {
    Entry entry = Entry.of(directory);
    if (entry.isLink()) {
      requireSafeLink(directory);
      return;
    }
    boolean trusted = entry.owner() == US || entry.owner() == ROOT;
    boolean open = entry.isWritableByOthers() && !entry.isSticky() && !isOfItsOwner(directory);
    if (!trusted || open) {
      throw new IllegalStateException(
          directory
              + (trusted
                  ? " can be written to by other users"
                  : " belongs to another user (uid " + entry.owner() + ")")
              + ", who could put files of theirs in the place of Sluice's own; use a place of your"
              + " own");
    }
  }

  /** What a link leads to is looked at as if it had been named itself. */
  private static void requireSafeLink(Path link) throws IOException {
    Entry entry = Entry.of(link);
    if (entry.isLink()) {
      if (entry.owner() != ROOT) {
        requireOurs(link, entry);
      }
      requireSafeWay(link.resolveSibling(Files.readSymbolicLink(link)));
    }
  }

  /** Many systems give each user a group of the same name, and let that group write. */
  private static boolean isOfItsOwner(Path directory) throws IOException {
    Map<String, Object> names = Files.readAttributes(directory, "posix:owner,group");
    return (Entry.of(directory).mode() & ALL_WRITE) == 0
        && names.get("owner").toString().equals(names.get("group").toString());
  }

  /** What the file system says of a path itself, not of what it may be a link to. */
  private record Entry(int owner, int mode, boolean isLink) {
    static Entry of(Path path) throws IOException {
      Map<String, Object> attributes =
          Files.readAttributes(path, "unix:uid,mode,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
      return new Entry(
          (int) attributes.get("uid"),
          (int) attributes.get("mode"),
          (boolean) attributes.get("isSymbolicLink"));
    }

    /** The mode of a link means nothing. */
    boolean isWritableByOthers() {
      return !isLink && (mode & (GROUP_WRITES | ALL_WRITE)) != 0;
    }

    boolean isSticky() {
      return (mode & STICKY) != 0;
    }
  }
}
