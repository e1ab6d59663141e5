package io.sluice.testing;

import io.sluice.testing.OpenApiDocument.Operation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What the tests of this JVM were answered: each status of each operation, and each header of
 * those, once. It is written down as it is seen, in place of what an earlier JVM has seen, so that
 * what runs after all tests can read it.
 */
public final class SeenAnswers {
  private static final Path FILE = Path.of("target", "seen-answers.txt");

  private SeenAnswers() {}

  /** Opened when the first answer is seen, and not by who reads. */
  private static final class Book {
    static final Book INSTANCE = new Book();

    private final Set<String> seen = new HashSet<>();
    private final BufferedWriter file;

    private Book() {
      try {
        file = Files.newBufferedWriter(FILE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    synchronized void add(String line) {
      if (seen.add(line)) {
        try {
          file.write(line + "\n");
          file.flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  static void note(String document, Operation operation, Reply reply) {
    String answer = document + " " + operation.id() + " " + reply.status();
    Book.INSTANCE.add(answer);
    reply.headers().keySet().forEach(header -> Book.INSTANCE.add(answer + " " + header));
  }

  /**
   * What the tests before were answered: {@code <document> <operation> <status>}, or the same with
   * the name of a header, in lower case, behind it.
   */
  public static Set<String> read() {
    try {
      return Set.copyOf(Files.readAllLines(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
