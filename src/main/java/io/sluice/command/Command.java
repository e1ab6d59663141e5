package io.sluice.command;

/** Something that the program can be told to do. */
interface Command {
  /** As it is written on the command line. */
  String name();

  /** What it does, in a sentence. */
  String description();

  /** Whether the user configures it. */
  default boolean isConfigurable() {
    return true;
  }

  /** Whether it can set the tenant demo up. */
  default boolean hasDemo() {
    return false;
  }

  /**
   * Carries it out; blocks until it is done.
   *
   * @return what the process ends with
   */
  int run(Options options, Console console) throws InterruptedException;
}
