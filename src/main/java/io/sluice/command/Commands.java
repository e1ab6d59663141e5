package io.sluice.command;

import java.util.List;
import java.util.Optional;

/** The one list of commands. */
final class Commands {
  /** In the order in which they are explained. */
  static final List<Command> ALL =
      List.of(
          new ServeCommand(),
          new MigrateCommand(),
          new VerifyCommand(),
          new HealthCommand(),
          new RehearseCommand());

  private Commands() {}

  /** The command of that name, if there is one. */
  static Optional<Command> named(String name) {
    return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
  }
}
