package io.sluice.style;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own Java files, those of the projects beside it too. */
final class Sources {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  /** Maven projects of their own. */
  private static final List<Path> BESIDE = List.of(Path.of("loadtest"), Path.of("clients"));

  private Sources() {}

  static List<Path> all() {
    return Stream.of(MAIN, TEST)
        .flatMap(root -> Stream.concat(Stream.of(root), beside(root)))
        .flatMap(root -> below(root).stream())
        .toList();
  }

  private static Stream<Path> beside(Path root) {
    return BESIDE.stream().map(project -> project.resolve(root)).filter(Files::isDirectory);
  }

  /** Whether a file is no test. */
  static boolean isMain(Path file) {
    return file.startsWith(MAIN) || beside(MAIN).anyMatch(file::startsWith);
  }

  /** Whether a file belongs to the product or its tests. */
  static boolean isOfTheProduct(Path file) {
    return BESIDE.stream().noneMatch(file::startsWith);
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
