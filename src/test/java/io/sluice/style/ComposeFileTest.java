package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** deploy/compose.yaml fits what it runs. */
class ComposeFileTest {
  private static final JsonNode FILE = Deployed.document(Deployed.FILES.resolve("compose.yaml"));
  private static final JsonNode SERVICES = FILE.path("services");

  private static JsonNode service(String name) {
    return SERVICES.path(name);
  }

  private static SluiceConfig config(String service) {
    Map<String, String> environment = new TreeMap<>();
    service(service)
        .path("environment")
        .properties()
        .forEach(
            variable ->
                environment.put(
                    variable.getKey(),
                    variable.getValue().asString().replaceAll("\\$\\{\\w+}", "secret")));
    return Deployed.config(environment);
  }

  private static Stream<String> texts(Function<JsonNode, JsonNode> list) {
    return SERVICES.properties().stream()
        .flatMap(service -> Deployed.each(list.apply(service.getValue())))
        .map(JsonNode::asString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sluice", "migrate"})
  void setsOnlyKeysThatThereAre(String name) {
    // When
    SluiceConfig config = config(name);

    // Then
    assertThat(config.database().url()).isPresent();
    assertThat(config.database().migrateUrl().isPresent()).isEqualTo(name.equals("migrate"));
  }

  @Test
  void leadsToThePortsOfTheGateway() throws IOException {
    // Given
    SluiceConfig config = config("sluice");
    JsonNode prometheus = Deployed.document(Deployed.FILES.resolve("compose/prometheus.yml"));

    // When
    String published = service("sluice").path("ports").path(0).asString();
    String scraped = prometheus.at("/scrape_configs/0/static_configs/0/targets/0").asString();

    // Then
    assertThat(published).startsWith("127.0.0.1:").endsWith(":" + config.http().port());
    assertThat(scraped).isEqualTo("sluice:" + config.management().port());
    assertThat(config.management().allowedHosts()).contains("sluice");
    assertThat(prometheus.at("/scrape_configs/0/job_name").asString()).isEqualTo("sluice");
  }

  @Test
  void givesAStopTheTimeThatItTakes() {
    // When
    String grace = service("sluice").path("stop_grace_period").asString();

    // Then
    assertThat(Long.parseLong(grace.replace("s", "")))
        .isGreaterThanOrEqualTo(Deployed.stop(config("sluice")).toSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sluice", "migrate"})
  void givesTheProcessTheMemoryThatItMayUse(String name) throws IOException {
    // When
    String limit = service(name).path("mem_limit").asString();

    // Then
    assertThat(limit).endsWith("m");
    assertThat(Integer.parseInt(limit.replace("m", ""))).isGreaterThan(Deployed.processMib());
  }

  @Test
  void givesTheGatewayTheFilesThatItMayOpen() {
    // When
    int files = service("sluice").path("ulimits").path("nofile").asInt();

    // Then
    assertThat(files).isGreaterThan(2 * config("sluice").http().maxConnections());
  }

  @Test
  void boundsTheMemoryOfEachAndKeepsItFromMoreRights() {
    // When / Then
    assertThat(SERVICES.properties())
        .allSatisfy(
            service -> {
              assertThat(service.getValue().path("mem_limit").asString()).isNotEmpty();
              assertThat(service.getValue().path("security_opt").toString())
                  .contains("no-new-privileges:true");
            });
  }

  @Test
  void namesImagesWithTheirVersion() {
    // When
    List<String> images =
        SERVICES.properties().stream()
            .filter(service -> service.getValue().path("build").isMissingNode())
            .map(service -> service.getValue().path("image").asString())
            .toList();

    // Then
    assertThat(images).isNotEmpty().allMatch(image -> image.matches("[a-z/]+:v?\\d[\\w.@:-]*"));
  }

  @Test
  void mountsOnlyFilesThatThereAre() {
    // When
    List<Path> mounted =
        texts(service -> service.path("volumes"))
            .filter(volume -> volume.startsWith("."))
            .map(volume -> Deployed.FILES.resolve(volume.split(":")[0]).normalize())
            .toList();

    // Then
    assertThat(mounted).isNotEmpty().allMatch(Files::isRegularFile);
    assertThat(mounted)
        .contains(Path.of("conf/prometheus-alerts.yml"), Path.of("conf/grafana-dashboard.json"));
  }

  @Test
  void saysInTheDocumentationWhichVariablesItNeeds() throws IOException {
    // Given
    String page = Files.readString(Path.of("docs/deployment.md"));

    // When
    List<String> needed =
        Pattern.compile("\\$\\{(\\w+):\\?")
            .matcher(Files.readString(Deployed.FILES.resolve("compose.yaml")))
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();

    // Then
    assertThat(needed).isNotEmpty().allMatch(page::contains);
  }
}
