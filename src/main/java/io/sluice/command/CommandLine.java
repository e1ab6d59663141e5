package io.sluice.command;

import io.sluice.assembly.Shutdown;
import io.sluice.assembly.StartException;
import io.sluice.assembly.Version;
import io.sluice.config.ConfigException;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The command line. Read by hand: five commands with a few options do not need a library. */
public final class CommandLine {
  private CommandLine() {}

  /** Carries a command line out and ends the process. Blocks. */
  public static void main(String[] args) {
    int code = run(Console.ofProcess(), args);
    Shutdown.flushLogs();
    System.exit(code);
  }

  /** Carries a command line out; returns what the process ends with. Blocks. */
  static int run(Console console, String... args) {
    try {
      Arguments arguments = Arguments.parse(List.of(args));
      if (arguments.help()) {
        console.out().print(Usage.of(arguments.command()));
        return ExitCode.DONE;
      }
      if (arguments.version()) {
        console.out().print(Version.page());
        return ExitCode.DONE;
      }
      return arguments.command().orElseThrow().work().run(arguments.options(), console);
    } catch (Exception e) {
      return report(e, console);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  /** Says on standard error, without a stack trace, why a command ended. */
  private static int report(Exception exception, Console console) {
    switch (exception) {
      case UsageException wrong -> {
        console.err().println(wrong.getMessage());
        console.err().println("See sluice --help.");
        return ExitCode.WRONG_COMMAND_LINE;
      }
      case ConfigException wrong -> {
        say(console, "sluice: the configuration cannot be used:");
        wrong.problems().forEach(problem -> say(console, "  " + problem));
        return ExitCode.WRONG_CONFIGURATION;
      }
      case StartException no -> {
        say(console, "sluice: " + no.getMessage());
        LoggerFactory.getLogger(CommandLine.class).debug("No start", no);
        return ExitCode.NO_START;
      }
      default -> {
        console.err().println("sluice: unforeseen: " + exception);
        LoggerFactory.getLogger(CommandLine.class).error("Unforeseen", exception);
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
