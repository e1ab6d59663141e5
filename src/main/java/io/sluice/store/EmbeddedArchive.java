package io.sluice.store;

import io.sluice.config.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How PostgreSQL's programs are packed. A class of its own, because an image without them is also
 * without the libraries that unpack them. Blocks.
 */
final class EmbeddedArchive {
  private static final int ANYBODY_EXECUTES = 0111;

  private EmbeddedArchive() {}

  /**
   * Makes a directory with all that is packed. Several processes may do so at once; each unpacks
   * for itself, and one is the first.
   */
  static void unpack(URL archive, Path home) throws IOException {
    Path fresh =
        Files.createTempDirectory(home.getParent(), "unpacking", PrivateFiles.OWNER_ONLY_DIRECTORY);
    try (InputStream packed = archive.openStream();
        var entries = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        unpack(entries, entry, fresh);
      }
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
      delete(fresh);
    }
  }

  private static void unpack(TarArchiveInputStream entries, TarArchiveEntry entry, Path directory)
      throws IOException {
    Path file = directory.resolve(entry.getName()).normalize();
    if (!file.startsWith(directory)) {
      throw new IOException("the archive has a file outside of it: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file, PrivateFiles.OWNER_ONLY_DIRECTORY);
      return;
    }
    Files.createDirectories(file.getParent(), PrivateFiles.OWNER_ONLY_DIRECTORY);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    boolean program = (entry.getMode() & ANYBODY_EXECUTES) != 0;
    Files.createFile(file, program ? PrivateFiles.OWNER_ONLY_DIRECTORY : PrivateFiles.OWNER_ONLY);
    try (var out = Files.newOutputStream(file)) {
      entries.transferTo(out);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
