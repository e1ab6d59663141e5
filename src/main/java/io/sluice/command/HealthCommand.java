package io.sluice.command;

import io.sluice.dialect.JsonWriter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks a running gateway whether it is ready; for images that hold no other HTTP client. */
@Command(
    name = "health",
    description = "Asks the gateway that runs with this configuration whether it is ready.")
final class HealthCommand implements Callable<Integer> {
  @Mixin private ManagementAccess access;
  @Mixin private Output output;

  @Override
  public Integer call() {
    var management = ManagementClient.of(access.load());
    try {
      int status = management.get("/health/ready", Optional.empty()).status();
      boolean ready = status == HttpURLConnection.HTTP_OK;
      output.say(
          "The gateway answers " + status + ".",
          JsonWriter.object().bool("ready", ready).number("status", status));
      return ready ? ExitCode.DONE : ExitCode.FAILED;
    } catch (IOException e) {
      output.err().println("sluice: no gateway answers: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
