package io.sluice.command;

import io.sluice.config.ManagementSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Asks a running gateway whether it is ready; for images that hold no other HTTP client. */
final class HealthCommand {
  private static final int TIMEOUT_MS = 4_000;

  static final Command COMMAND =
      new Command(
          "health",
          "Asks the gateway that runs with this configuration whether it is ready.",
          true,
          false,
          HealthCommand::run);

  private HealthCommand() {}

  private static int run(Options options, Console console) {
    ManagementSettings management = options.load().management();
    try {
      int status = status(management);
      console.out().println("The gateway answers " + status + ".");
      return status == HttpURLConnection.HTTP_OK ? ExitCode.DONE : ExitCode.FAILED;
    } catch (IOException e) {
      console.err().println("sluice: no gateway answers: " + e.getMessage());
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
