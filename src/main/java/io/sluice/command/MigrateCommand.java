package io.sluice.command;

import io.sluice.assembly.DatabaseReadiness;

/** Brings the database's schema up to this version, which {@code serve} does too. */
final class MigrateCommand {
  private MigrateCommand() {}

  static int run(Arguments arguments, Console console) {
    return DatabaseTask.run(
        arguments.load(),
        database -> {
          String version = DatabaseReadiness.migrate(database);
          console.out().println("The schema is at version " + version + ".");
          return ExitCode.DONE;
        });
  }
}
