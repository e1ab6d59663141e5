package io.sluice.style;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own Java files, those of the load tests too. */
final class Sources {
  private static final Path LOAD_TESTS = Path.of("loadtest");
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  private Sources() {}

  static List<Path> all() {
    return Stream.of(MAIN, TEST, LOAD_TESTS.resolve(MAIN), LOAD_TESTS.resolve(TEST))
        .flatMap(root -> below(root).stream())
        .toList();
  }

  /** Whether a file is no test. */
  static boolean isMain(Path file) {
    return file.startsWith(MAIN) || file.startsWith(LOAD_TESTS.resolve(MAIN));
  }

  private static List<Path> below(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    return read(file).lines().toList();
  }
}
