package io.sluice.command;

import io.sluice.assembly.Shutdown;
import io.sluice.assembly.StartException;
import io.sluice.assembly.Version;
import io.sluice.config.ConfigException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: its list of commands, and how it says that one cannot be carried out. */
@Command(
    name = "sluice",
    description = "A transfer gateway: four provider APIs, one double-entry ledger in PostgreSQL.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands, each with a --help of its own:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:something unforeseen, refused, not healthy, or nothing found",
      "2:a wrong command line",
      "3:a wrong configuration",
      "4:no start: the database, a port or a directory cannot be used",
      "5:verify found books that are not whole, or a receipt does not hold"
    },
    subcommands = {
      ServeCommand.class,
      BootstrapCommand.class,
      MigrateCommand.class,
      VerifyCommand.class,
      CheckReceiptCommand.class,
      HealthCommand.class,
      FindCommand.class,
      ReverseCommand.class,
      RehearseCommand.class
    })
public final class SluiceCommand {
  private SluiceCommand() {}

  /** Carries a command line out and ends the process. Blocks. */
  public static void main(String[] args) {
    int code = run(Console.ofProcess(), args);
    Shutdown.flushLogs();
    System.exit(code);
  }

  /** Carries a command line out; returns what the process ends with. Blocks. */
  static int run(Console console, String... args) {
    try {
      return of(console).execute(args);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private static CommandLine of(Console console) {
    CommandLine program =
        new CommandLine(new SluiceCommand())
            .addSubcommand("completion", new GenerateCompletion())
            // A name that begins so is a file's or a tenant's.
            .setExpandAtFiles(false)
            .setOut(console.out())
            .setErr(console.err())
            .setParameterExceptionHandler((wrong, args) -> refuse(wrong, console))
            .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, console));
    withStandardOptions(program);
    program.getSubcommands().values().forEach(SluiceCommand::withStandardOptions);
    return program;
  }

  private static void withStandardOptions(CommandLine command) {
    command
        .getCommandSpec()
        .mixinStandardHelpOptions(true)
        .versionProvider(() -> Version.page().split("\n"));
  }

  private static int refuse(ParameterException wrong, Console console) {
    console.err().println(problem(wrong));
    console.err().println("See sluice --help.");
    return ExitCode.WRONG_COMMAND_LINE;
  }

  private static String problem(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      return Hints.unknown(word, known(word, wrong.getCommandLine()));
    }
    return wrong.getMessage();
  }

  /** Options, or commands. */
  private static List<String> known(String word, CommandLine command) {
    return Stream.concat(
            command.getCommandSpec().optionsMap().keySet().stream(),
            command.getSubcommands().keySet().stream())
        .filter(name -> name.startsWith("-") == word.startsWith("-"))
        .toList();
  }

  /** Says on standard error, without a stack trace, why a command ended. */
  private static int report(Exception exception, Console console) {
    switch (exception) {
      case ConfigException wrong -> {
        say(console, "sluice: the configuration cannot be used:");
        wrong.problems().forEach(problem -> say(console, "  " + problem));
        return ExitCode.WRONG_CONFIGURATION;
      }
      case StartException no -> {
        say(console, "sluice: " + no.getMessage());
        LoggerFactory.getLogger(SluiceCommand.class).debug("No start", no);
        return ExitCode.NO_START;
      }
      default -> {
        console.err().println("sluice: unforeseen: " + exception);
        LoggerFactory.getLogger(SluiceCommand.class).error("Unforeseen", exception);
        return ExitCode.FAILED;
      }
    }
  }

  private static void say(Console console, String line) {
    if (Logging.isJson()) {
      LoggerFactory.getLogger("sluice.start").error("{}", line.strip());
    } else {
      console.err().println(line);
    }
  }
}
