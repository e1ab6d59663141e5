package io.sluice.command;

import io.sluice.assembly.DatabaseReadiness;

/** Brings the database's schema up to this version, which {@code serve} does too. */
final class MigrateCommand implements Command {
  @Override
  public String name() {
    return "migrate";
  }

  @Override
  public String description() {
    return "Brings the database's schema up to this version.";
  }

  @Override
  public int run(Options options, Console console) {
    return DatabaseTask.run(
        options.load(),
        database -> {
          String version = DatabaseReadiness.migrate(database);
          console.out().println("The schema is at version " + version + ".");
          return ExitCode.DONE;
        });
  }
}
