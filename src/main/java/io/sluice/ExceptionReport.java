package io.sluice;

import io.sluice.config.ConfigException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Says on standard error, without a stack trace, why a command ended. */
final class ExceptionReport implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    switch (exception) {
      case ConfigException wrong -> {
        err.println("sluice: the configuration cannot be used:");
        wrong.problems().forEach(problem -> err.println("  " + problem));
        return ExitCode.WRONG_CONFIGURATION;
      }
      case StartException no -> {
        err.println("sluice: " + no.getMessage());
        LoggerFactory.getLogger(ExceptionReport.class).debug("No start", no);
        return ExitCode.NO_START;
      }
      default -> {
        err.println("sluice: unforeseen: " + exception);
        LoggerFactory.getLogger(ExceptionReport.class).error("Unforeseen", exception);
        return ExitCode.FAILED;
      }
    }
  }
}
