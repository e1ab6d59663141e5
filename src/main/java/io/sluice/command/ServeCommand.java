package io.sluice.command;

import io.sluice.assembly.Running;
import io.sluice.assembly.Shutdown;
import io.sluice.assembly.Startup;
import io.sluice.config.SluiceConfig;
import org.slf4j.LoggerFactory;

/** Runs the gateway until it is told to stop. */
final class ServeCommand {
  /** As it is written on the command line. */
  static final String NAME = "serve";

  static final Command COMMAND =
      new Command(
          NAME,
          "Runs the gateway until SIGTERM or Ctrl-C, which let it finish what is in flight.",
          true,
          true,
          ServeCommand::run);

  private ServeCommand() {}

  private static int run(Options options, Console console) throws InterruptedException {
    SluiceConfig config = options.load();
    Shutdown shutdown = new Shutdown();
    shutdown.install();
    if (options.endWithParent()) {
      endWithParent();
    }
    boolean started = false;
    try {
      Running running = Startup.start(config, System.getenv(), shutdown);
      show(DemoPage.of(running, config), console);
      console.out().flush();
      started = true;
    } finally {
      if (!started) {
        shutdown.run();
      }
    }
    shutdown.started();
    shutdown.awaitEnd();
    return ExitCode.DONE;
  }

  private static void show(String page, Console console) {
    if (Logging.isJson()) {
      LoggerFactory.getLogger("sluice.start").info("{}", page.strip());
    } else {
      console.out().println(page);
    }
  }

  /**
   * Stops as a signal would when the process that started this one has ended, however that came
   * about. Maven hands no signal on, and cannot when it is killed.
   */
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .map(ProcessHandle::onExit)
        .ifPresent(end -> end.thenRunAsync(() -> System.exit(ExitCode.DONE)));
  }
}
