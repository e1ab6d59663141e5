package io.sluice;

import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Asks a running gateway whether it is ready; for images that hold no other HTTP client. */
@Command(
    name = "health",
    description = "Asks the gateway that runs with this configuration whether it is ready.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class HealthCommand implements Callable<Integer> {
  private static final int TIMEOUT_MS = 4_000;

  @Mixin private ConfigOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SluiceConfig.Management management = options.load(Map.of()).management();
    try {
      int status = status(management);
      spec.commandLine().getOut().println("The gateway answers " + status + ".");
      return status == HttpURLConnection.HTTP_OK ? ExitCode.DONE : ExitCode.FAILED;
    } catch (IOException e) {
      spec.commandLine().getErr().println("sluice: no gateway answers: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private static int status(SluiceConfig.Management management) throws IOException {
    InetSocketAddress address = new InetSocketAddress(management.host(), management.port());
    String host =
        address.getAddress() != null && address.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : management.host();
    URI uri =
        URI.create(
            "http://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + management.port()
                + "/health/ready");
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    return connection.getResponseCode();
  }
}
