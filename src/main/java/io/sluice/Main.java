package io.sluice;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "sluice",
    description = "A transfer gateway: four provider APIs, one double-entry ledger in PostgreSQL.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      MigrateCommand.class,
      VerifyCommand.class,
      HealthCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:something unforeseen, or not healthy",
      "2:a wrong command line",
      "3:a wrong configuration",
      "4:no start: the database, a port or a directory cannot be used",
      "5:verify found books that are not whole"
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    int code = commandLine().execute(args);
    Shutdown.flushLogs();
    System.exit(code);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(new ExceptionReport())
        .setUsageHelpAutoWidth(true);
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }
}
