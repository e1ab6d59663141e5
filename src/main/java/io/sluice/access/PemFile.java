package io.sluice.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bounded text file with keys or certificates. Blocks. */
final class PemFile {
  private static final int MAX_BYTES = 1_048_576;

  private interface Reading {
    String read(Path file) throws IOException;
  }

  private PemFile() {}

  /**
   * What anybody may know.
   *
   * @throws IllegalArgumentException naming the file, when it cannot be read
   */
  static String read(Path file) {
    return read(file, Files::readString);
  }

  /**
   * What nobody else may.
   *
   * @throws IllegalArgumentException naming the file, when it cannot be read or others can read it
   */
  static String readSecret(Path file) {
    return read(file, OwnerOnlyFile::read);
  }

  private static String read(Path file, Reading reading) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unusable(file, "it is larger than " + MAX_BYTES + " bytes");
      }
      return reading.read(file);
    } catch (IOException e) {
      throw unusable(file, "it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  static IllegalArgumentException unusable(Path file, String why) {
    return new IllegalArgumentException("the file " + file + " is of no use: " + why);
  }
}
