package io.sluice.command;

/** What the process ends with; {@code --help} lists them. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_COMMAND_LINE = 2;
  static final int WRONG_CONFIGURATION = 3;
  static final int NO_START = 4;
  static final int NOT_WHOLE = 5;

  private ExitCode() {}
}
