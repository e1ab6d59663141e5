package io.sluice.command;

import io.sluice.config.ManagementSettings;
import io.sluice.dialect.JsonWriter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks a running gateway whether it is ready; for images that hold no other HTTP client. */
@Command(
    name = "health",
    description = "Asks the gateway that runs with this configuration whether it is ready.")
final class HealthCommand implements Callable<Integer> {
  private static final int TIMEOUT_MS = 4_000;

  @Mixin private ConfigurationFile configuration;
  @Mixin private Output output;

  @Override
  public Integer call() {
    ManagementSettings management = configuration.load().management();
    try {
      int status = status(management);
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

  private static int status(ManagementSettings management) throws IOException {
    InetSocketAddress address = new InetSocketAddress(management.host(), management.port());
    String host =
        address.getAddress() != null && address.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : management.host();
    URI uri =
        URI.create(
            "http://%s:%d/health/ready"
                .formatted(host.contains(":") ? "[" + host + "]" : host, management.port()));
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    return connection.getResponseCode();
  }
}
