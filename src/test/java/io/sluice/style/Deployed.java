package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.assembly.Dialects;
import io.sluice.assembly.Startup;
import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the files in deploy must agree with. */
final class Deployed {
  static final Path FILES = Path.of("deploy");

  private static final Pattern HEAP = Pattern.compile("^-Xmx(\\d+)m$", Pattern.MULTILINE);

  /** Compiled code, and what has no limit of its own: docs/operations.md. */
  private static final int BESIDES_MIB = 240 + 192;

  private Deployed() {}

  /** The documents of a YAML file. */
  static List<JsonNode> documents(Path file) {
    var mapper = new YAMLMapper();
    try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  static JsonNode document(Path file) {
    List<JsonNode> documents = documents(file);
    assertThat(documents).as(file.toString()).hasSize(1);
    return documents.getFirst();
  }

  static Stream<JsonNode> each(JsonNode list) {
    return list.valueStream();
  }

  /** What a gateway reads of these variables; a key that is not known fails the test. */
  static SluiceConfig config(Map<String, String> environment) {
    return Dialects.configReader(Dialects.ALL).read(Optional.empty(), environment, Map.of());
  }

  /** After a stop has begun, how long it may take to end. */
  static Duration stop(SluiceConfig config) {
    return Startup.longestStop(config);
  }

  /** The heap, as much direct memory, and the rest. */
  static int processMib() throws IOException {
    Matcher heap = HEAP.matcher(Files.readString(Path.of("conf/jvm.options")));
    assertThat(heap.find()).isTrue();
    return 2 * Integer.parseInt(heap.group(1)) + BESIDES_MIB;
  }

  /** Who runs in the image. */
  static String user() throws IOException {
    return Files.readAllLines(Path.of("Dockerfile")).stream()
        .filter(line -> line.startsWith("USER "))
        .map(line -> line.substring("USER ".length()))
        .reduce("", (earlier, later) -> later);
  }
}
