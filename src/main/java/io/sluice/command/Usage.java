package io.sluice.command;

import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code --help} prints. */
final class Usage {
  private static final String STANDARD =
      """
        -h, --help           show this and end
        -V, --version        show the version and end
      """;

  private static final String FILE =
      """
        -c, --config=FILE    the configuration file; without it conf/sluice.properties, if it is there
      """;

  private static final String SERVICE =
      """
            --demo           set up the tenant demo, also on a PostgreSQL that is not Sluice's own
            --end-with-parent
                             stop when the process that started this one has ended
      """;

  private static final String EXIT_CODES =
      """

      Exit codes:
        0    done
        1    something unforeseen, or not healthy
        2    a wrong command line
        3    a wrong configuration
        4    no start: the database, a port or a directory cannot be used
        5    verify found books that are not whole, or a receipt does not hold
      """;

  private Usage() {}

  /** The page of a command, or without one that of the program. */
  static String of(Optional<Command> command) {
    return command.map(Usage::page).orElseGet(Usage::page);
  }

  private static String page(Command command) {
    boolean service = command.isService();
    boolean file = command.isConfigurable();
    return "Usage: sluice %s [-hV]%s%s\n%s\n"
            .formatted(
                command.name(),
                service ? " [--demo] [--end-with-parent]" : "",
                file ? " [-c=FILE]" : "",
                command.description())
        + (file ? FILE : "")
        + (service ? SERVICE : "")
        + STANDARD;
  }

  private static String page() {
    String commands =
        Commands.ALL.stream()
            .map(command -> "  %-8s %s\n".formatted(command.name(), command.description()))
            .collect(Collectors.joining());
    return """
    Usage: sluice [-hV] COMMAND
    A transfer gateway: four provider APIs, one double-entry ledger in PostgreSQL.
    """
        + STANDARD
        + "\nCommands, each with a --help of its own:\n"
        + commands
        + EXIT_CODES;
  }
}
