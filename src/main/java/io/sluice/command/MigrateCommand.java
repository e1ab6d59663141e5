package io.sluice.command;

import io.sluice.assembly.DatabaseReadiness;

/** Brings the database's schema up to this version, which {@code serve} does too. */
final class MigrateCommand {
  static final Command COMMAND =
      new Command(
          "migrate",
          "Brings the database's schema up to this version.",
          true,
          false,
          MigrateCommand::run);

  private MigrateCommand() {}

  private static int run(Options options, Console console) {
    return DatabaseTask.runWithRoles(
        options.load(),
        roles -> {
          String version = DatabaseReadiness.migrate(roles);
          console.out().println("The schema is at version " + version + ".");
          return ExitCode.DONE;
        });
  }
}
