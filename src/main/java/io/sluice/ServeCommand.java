package io.sluice;

import io.sluice.config.SluiceConfig;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the gateway until it is told to stop. */
@Command(
    name = "serve",
    description =
        "Runs the gateway until SIGTERM or Ctrl-C, which let it finish what is in flight.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--demo",
      description = "set up the tenant demo, also on a PostgreSQL that is not Sluice's own")
  private boolean demo;

  @Override
  public Integer call() throws InterruptedException {
    SluiceConfig config = options.load(demo ? Map.of("demo.enabled", "true") : Map.of());
    Shutdown shutdown = new Shutdown();
    shutdown.install();
    boolean started = false;
    try {
      Running running = Startup.start(config, System.getenv(), shutdown);
      spec.commandLine().getOut().println(DemoPage.of(running, config));
      spec.commandLine().getOut().flush();
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
