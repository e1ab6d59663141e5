package io.sluice;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings the database's schema up to this version, which {@code serve} does too. */
@Command(
    name = "migrate",
    description = "Brings the database's schema up to this version.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class MigrateCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return DatabaseTask.run(
        options.load(Map.of()),
        database -> {
          String version = DatabaseTask.migrate(database);
          spec.commandLine().getOut().println("The schema is at version " + version + ".");
          return ExitCode.DONE;
        });
  }
}
