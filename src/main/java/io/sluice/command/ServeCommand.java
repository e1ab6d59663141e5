package io.sluice.command;

import io.sluice.assembly.Running;
import io.sluice.assembly.Shutdown;
import io.sluice.assembly.Startup;
import io.sluice.config.SluiceConfig;

/** Runs the gateway until it is told to stop. */
final class ServeCommand {
  private ServeCommand() {}

  static int run(Arguments arguments, Console console) throws InterruptedException {
    SluiceConfig config = arguments.load();
    Shutdown shutdown = new Shutdown();
    shutdown.install();
    boolean started = false;
    try {
      Running running = Startup.start(config, System.getenv(), shutdown);
      console.out().println(DemoPage.of(running, config));
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
}
