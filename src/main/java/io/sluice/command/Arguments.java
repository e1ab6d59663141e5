package io.sluice.command;

import io.sluice.config.EditDistance;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command line, understood.
 *
 * @param command empty only with {@code help} or {@code version}
 * @param help whether an explanation is asked for, instead of the command
 * @param version whether the version is
 */
record Arguments(Optional<Command> command, Options options, boolean help, boolean version) {
  private static final List<String> OPTIONS =
      List.of("--help", "--version", "--config", "--demo", "--end-with-parent");

  private static final int MAX_HINT_DISTANCE = 3;

  /**
   * Understands a command line.
   *
   * @throws UsageException when it is wrong, saying where
   */
  static Arguments parse(List<String> words) {
    Deque<String> rest = new ArrayDeque<>(words);
    Optional<Command> command = Optional.empty();
    if (!rest.isEmpty() && !rest.peek().startsWith("-")) {
      String name = rest.poll();
      command = Optional.of(Commands.named(name).orElseThrow(() -> unknown(name)));
    }
    Optional<Path> file = Optional.empty();
    boolean demo = false;
    boolean endWithParent = false;
    boolean help = false;
    boolean version = false;
    while (!rest.isEmpty()) {
      String word = rest.poll();
      switch (word) {
        case "-h", "--help" -> help = true;
        case "-V", "--version" -> version = true;
        case "--demo" -> {
          require(command.filter(Command::isService).isPresent(), word);
          demo = true;
        }
        case "--end-with-parent" -> {
          require(command.filter(Command::isService).isPresent(), word);
          endWithParent = true;
        }
        default -> {
          require(command.filter(Command::isConfigurable).isPresent() && isFile(word), word);
          file = Optional.of(Path.of(file(word, rest)));
        }
      }
    }
    if (command.isEmpty() && !help && !version) {
      throw new UsageException("Missing command");
    }
    return new Arguments(command, new Options(file, demo, endWithParent), help, version);
  }

  private static boolean isFile(String word) {
    return word.equals("-c") || word.equals("--config") || word.startsWith("--config=");
  }

  private static String file(String word, Deque<String> rest) {
    int sign = word.indexOf('=');
    if (sign >= 0) {
      return word.substring(sign + 1);
    }
    if (rest.isEmpty()) {
      throw new UsageException("Missing file after " + word);
    }
    return rest.poll();
  }

  private static void require(boolean known, String word) {
    if (!known) {
      throw unknown(word);
    }
  }

  private static UsageException unknown(String word) {
    List<String> known =
        Stream.concat(OPTIONS.stream(), Commands.ALL.stream().map(Command::name)).toList();
    String hint =
        EditDistance.nearest(word.replaceFirst("=.*", ""), known, MAX_HINT_DISTANCE)
            .filter(near -> !near.equals(word))
            .map(near -> "; the nearest known one is " + near)
            .orElse("");
    return new UsageException("Unknown: '" + word + "'" + hint);
  }
}
