package io.sluice.command;

import java.util.List;
import java.util.Optional;

/** The one list of commands. */
final class Commands {
  /** In the order in which they are explained. */
  static final List<Command> ALL =
      List.of(
          ServeCommand.COMMAND,
          MigrateCommand.COMMAND,
          VerifyCommand.COMMAND,
          CheckReceiptCommand.COMMAND,
          HealthCommand.COMMAND,
          RehearseCommand.COMMAND);

  private Commands() {}

  /** The command of that name, if there is one. */
  static Optional<Command> named(String name) {
    return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
  }
}
