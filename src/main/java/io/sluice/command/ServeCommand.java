package io.sluice.command;

import io.sluice.assembly.Running;
import io.sluice.assembly.Shutdown;
import io.sluice.assembly.Startup;
import io.sluice.config.SluiceConfig;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the gateway until it is told to stop. */
@Command(
    name = ServeCommand.NAME,
    description =
        "Runs the gateway until SIGTERM or Ctrl-C, which let it finish what is in flight.")
final class ServeCommand implements Callable<Integer> {
  /** As it is written on the command line. */
  static final String NAME = "serve";

  @Spec private CommandSpec command;
  @Mixin private ConfigurationFile configuration;

  @Option(
      names = "--demo",
      description = "set up the tenant demo, also on a PostgreSQL that is not Sluice's own")
  private boolean demo;

  @Option(
      names = "--end-with-parent",
      description = "stop when the process that started this one has ended")
  private boolean endsWithParent;

  @Override
  public Integer call() throws InterruptedException {
    SluiceConfig config = configuration.load(demo ? Map.of("demo.enabled", "true") : Map.of());
    Shutdown shutdown = new Shutdown();
    shutdown.install();
    if (endsWithParent) {
      endWithParent();
    }
    boolean started = false;
    try {
      Running running = Startup.start(config, System.getenv(), shutdown);
      show(DemoPage.of(running, config));
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

  private void show(String page) {
    if (Logging.isJson()) {
      LoggerFactory.getLogger("sluice.start").info("{}", page.strip());
    } else {
      command.commandLine().getOut().println(page);
      command.commandLine().getOut().flush();
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
