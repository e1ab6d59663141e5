package io.sluice.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the program can be told to do. */
enum Command {
  SERVE(
      "Runs the gateway until SIGTERM or Ctrl-C, which let it finish what is in flight.",
      ServeCommand::run),
  MIGRATE("Brings the database's schema up to this version.", MigrateCommand::run),
  VERIFY(
      "Recomputes every balance, every posting chain and every asset's sum, and says where the"
          + " stored books differ.",
      VerifyCommand::run),
  HEALTH(
      "Asks the gateway that runs with this configuration whether it is ready.",
      HealthCommand::run),
  REHEARSE(
      "Starts a gateway on a PostgreSQL that is thrown away, and makes transfers, so that the Java"
          + " virtual machine can learn: java -XX:AOTCacheOutput=FILE.",
      RehearseCommand::run);

  private final String description;
  private final Action action;

  /** Carries a command out; blocks until it is done. */
  interface Action {
    /**
     * @return what the process ends with
     */
    int run(Arguments arguments, Console console) throws InterruptedException;
  }

  Command(String description, Action action) {
    this.description = description;
    this.action = action;
  }

  /** The command of that name, if there is one. */
  static Optional<Command> named(String name) {
    return Arrays.stream(values()).filter(command -> command.label().equals(name)).findFirst();
  }

  /** As it is written on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it does, in a sentence. */
  String description() {
    return description;
  }

  Action action() {
    return action;
  }
}
