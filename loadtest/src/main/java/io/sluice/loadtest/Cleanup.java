package io.sluice.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * What a run must undo, undone once, latest first: at its end, when setting up fails half way, and
 * when the process is told to stop.
 */
final class Cleanup implements AutoCloseable {
  private final Deque<AutoCloseable> steps = new ArrayDeque<>();

  Cleanup() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "cleanup"));
  }

  synchronized <T extends AutoCloseable> T add(T step) {
    steps.push(step);
    return step;
  }

  /** A folder that goes in the end, with all that is in it. */
  Path directory(String prefix) throws IOException {
    Path directory = Files.createTempDirectory(prefix);
    add(() -> delete(directory));
    return directory;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  /** One step that fails does not keep the others from being done. */
  @Override
  public synchronized void close() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().close();
      } catch (Exception e) {
        System.err.println("cleaning up: " + e);
      }
    }
  }
}
