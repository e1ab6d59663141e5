package io.sluice.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A process in which a generated client runs. It reads a call a line and writes a line of what came
 * of it; whatever else it prints is passed on.
 */
final class Driver implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What begins a line that is meant for here. */
  private static final String MARK = "heard ";

  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  Driver(List<String> command, Path log) throws IOException {
    process = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Has the client call an operation and waits until it has. */
  Heard call(ObjectNode call) {
    try {
      in.write(JSON.writeValueAsString(call));
      in.write('\n');
      in.flush();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(MARK)) {
          return heard(JSON.readTree(line.substring(MARK.length())));
        }
        System.out.println(line);
      }
      throw new IOException("it has ended, with " + process.onExit().join().exitValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Heard heard(JsonNode heard) {
    if (heard.has("refused")) {
      return new Heard.Refused(heard.get("refused").intValue());
    }
    return heard.has("failed")
        ? new Heard.Failed(heard.get("failed").asString())
        : new Heard.Understood(heard.path("value"));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
