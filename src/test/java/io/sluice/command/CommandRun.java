package io.sluice.command;

import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What became of a command that was carried out with a configuration of its own. */
record CommandRun(int code, String out, String err) {
  /**
   * Carries a command out.
   *
   * @param directory where the configuration is put
   * @param config its lines
   */
  static CommandRun with(Path directory, List<String> config, String command, String... arguments)
      throws IOException {
    Path file = Files.write(directory.resolve("sluice.properties"), config);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    var all = new ArrayList<>(List.of(command, "--config", file.toString()));
    all.addAll(List.of(arguments));
    var out = new StringWriter();
    var err = new StringWriter();
    var console = new Console(new PrintWriter(out), new PrintWriter(err));
    int code = SluiceCommand.run(console, all.toArray(String[]::new));
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** A configuration that leads to the management port of a gateway. */
  static List<String> asking(TestingGateway gateway, String token) {
    int port = URI.create(gateway.admin().baseUrl()).getPort();
    return List.of("management.port = " + port, "management.adminToken = " + token);
  }
}
