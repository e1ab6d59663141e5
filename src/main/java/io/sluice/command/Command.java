package io.sluice.command;

/**
 * Something that the program can be told to do.
 *
 * @param name as it is written on the command line
 * @param description what it does, in a sentence
 * @param isConfigurable whether the user configures it
 * @param isService whether it runs until it is told to stop; it can set the tenant demo up
 */
record Command(
    String name, String description, boolean isConfigurable, boolean isService, Work work) {
  /** What is to be done. */
  interface Work {
    /**
     * Carries it out; blocks until it is done.
     *
     * @return what the process ends with
     */
    int run(Options options, Console console) throws InterruptedException;
  }
}
