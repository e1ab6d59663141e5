package io.sluice.command;

import io.sluice.assembly.DatabaseReadiness;
import io.sluice.dialect.JsonWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the database's schema up to this version, which {@code serve} does too. */
@Command(name = "migrate", description = "Brings the database's schema up to this version.")
final class MigrateCommand implements Callable<Integer> {
  @Mixin private ConfigurationFile configuration;
  @Mixin private Output output;

  @Override
  public Integer call() {
    return DatabaseTask.runWithRoles(
        configuration.load(),
        roles -> {
          String version = DatabaseReadiness.migrate(roles);
          output.say(
              "The schema is at version " + version + ".",
              JsonWriter.object().text("schema", version));
          return ExitCode.DONE;
        });
  }
}
