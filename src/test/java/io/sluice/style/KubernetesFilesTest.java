package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.SluiceConfig;
import io.sluice.testing.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The manifests in deploy/kubernetes fit what they run, and each other. */
class KubernetesFilesTest {
  private static final Path FILES = Deployed.FILES.resolve("kubernetes");

  /** Applied by hand, or not everywhere. */
  private static final Set<String> APART =
      Set.of(
          "kustomization.yaml", "migrate-job.yaml", "secrets.example.yaml", "service-monitor.yaml");

  private static final Map<String, JsonNode> SECRETS =
      Deployed.documents(FILES.resolve("secrets.example.yaml")).stream()
          .collect(
              Collectors.toMap(
                  secret -> secret.at("/metadata/name").asString(),
                  secret -> secret.path("stringData")));

  private static JsonNode file(String name) {
    return Deployed.document(FILES.resolve(name));
  }

  private static JsonNode pod(String file) {
    return file(file).at("/spec/template/spec");
  }

  private static JsonNode container(String file) {
    return pod(file).path("containers").path(0);
  }

  private static Map<String, String> environment(String file) {
    Map<String, String> environment = new TreeMap<>();
    Deployed.each(container(file).path("env"))
        .forEach(
            variable -> {
              JsonNode key = variable.at("/valueFrom/secretKeyRef");
              environment.put(
                  variable.path("name").asString(),
                  key.isMissingNode()
                      ? variable.path("value").asString()
                      : SECRETS
                          .get(key.path("name").asString())
                          .path(key.path("key").asString())
                          .asString());
            });
    return environment;
  }

  private static SluiceConfig gateway() {
    return Deployed.config(environment("deployment.yaml"));
  }

  private static Map<String, String> labels(JsonNode labels) {
    Map<String, String> all = new HashMap<>();
    labels.properties().forEach(label -> all.put(label.getKey(), label.getValue().asString()));
    return all;
  }

  @Test
  void appliesEveryFileOrSaysThatItIsApart() throws IOException {
    // Given
    Set<String> named = new TreeSet<>(APART);

    // When
    Deployed.each(file("kustomization.yaml").path("resources"))
        .forEach(resource -> named.add(resource.asString()));

    // Then
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployment.yaml", "migrate-job.yaml"})
  void setsOnlyKeysThatThereAreToSecretsThatAreDescribed(String file) {
    // When
    SluiceConfig config = Deployed.config(environment(file));

    // Then
    assertThat(config.database().url()).isPresent();
    assertThat(config.database().migrateUrl().isPresent())
        .isEqualTo(file.equals("migrate-job.yaml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployment.yaml", "migrate-job.yaml"})
  void runsWithNoMoreRightsThanItNeeds(String file) throws IOException {
    // When
    JsonNode pod = pod(file);
    JsonNode security = container(file).path("securityContext");

    // Then
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asString()).isEqualTo(Deployed.user());
    assertThat(pod.at("/securityContext/seccompProfile/type").asString())
        .isEqualTo("RuntimeDefault");
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(security.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployment.yaml", "migrate-job.yaml"})
  void givesTheProcessTheMemoryThatItMayUse(String file) throws IOException {
    // When
    JsonNode resources = container(file).path("resources");

    // Then
    String limit = resources.at("/limits/memory").asString();
    assertThat(limit).endsWith("Mi").isEqualTo(resources.at("/requests/memory").asString());
    assertThat(Integer.parseInt(limit.replace("Mi", ""))).isGreaterThan(Deployed.processMib());
  }

  @Test
  void givesAStopTheTimeThatItTakes() {
    // When
    long grace = pod("deployment.yaml").path("terminationGracePeriodSeconds").asLong();

    // Then
    assertThat(grace).isGreaterThanOrEqualTo(Deployed.stop(gateway()).toSeconds());
  }

  @Test
  void leavesReadinessTheTimeToBeSeenBeforeTheGatewayGoes() {
    // Given
    JsonNode probe = container("deployment.yaml").path("readinessProbe");

    // When
    int seenAfterS =
        probe.path("failureThreshold").asInt()
            * Math.max(probe.path("periodSeconds").asInt(), probe.path("timeoutSeconds").asInt());

    // Then
    assertThat(gateway().http().lameDuckMs()).isGreaterThan(seenAfterS * 1_000);
  }

  @Test
  void waitsForAStartAsLongAsThatWaitsForTheDatabase() {
    // When
    JsonNode probe = container("deployment.yaml").path("startupProbe");

    // Then
    assertThat(probe.path("periodSeconds").asInt() * probe.path("failureThreshold").asInt() * 1_000)
        .isGreaterThan(gateway().database().limits().startTimeoutMs());
  }

  @Test
  void asksForHealthWhereItIsTold() {
    // Given
    var served = OpenApiDocument.of("management");
    JsonNode container = container("deployment.yaml");

    // When / Then
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      JsonNode request = container.path(probe).path("httpGet");
      assertThat(served.find("GET", request.path("path").asString())).as(probe).isPresent();
      assertThat(request.path("port").asString()).isEqualTo("management");
    }
  }

  @Test
  void leadsToThePortsOfTheGateway() {
    // Given
    Map<String, Integer> ports =
        Deployed.each(container("deployment.yaml").path("ports"))
            .collect(
                Collectors.toMap(
                    port -> port.path("name").asString(),
                    port -> port.path("containerPort").asInt()));

    // When
    List<String> targets =
        Deployed.documents(FILES.resolve("service.yaml")).stream()
            .map(service -> service.at("/spec/ports/0/targetPort").asString())
            .toList();
    JsonNode ingress = file("network-policy.yaml").at("/spec/ingress");

    // Then
    assertThat(ports)
        .containsOnly(
            Map.entry("http", gateway().http().port()),
            Map.entry("management", gateway().management().port()));
    assertThat(targets).containsExactly("http", "management");
    assertThat(ingress.at("/0/ports/0/port").asInt()).isEqualTo(ports.get("http"));
    assertThat(ingress.at("/1/ports/0/port").asInt()).isEqualTo(ports.get("management"));
    assertThat(ingress.at("/1/from").isMissingNode()).isFalse();
    assertThat(file("service-monitor.yaml").at("/spec/endpoints/0/port").asString())
        .isEqualTo("management");
  }

  @Test
  void choosesThePodsOfTheDeployment() {
    // Given
    Map<String, String> pods = labels(file("deployment.yaml").at("/spec/template/metadata/labels"));

    // When
    List<JsonNode> selectors =
        Stream.concat(
                Deployed.documents(FILES.resolve("service.yaml")).stream()
                    .map(service -> service.at("/spec/selector")),
                Stream.of(
                    file("deployment.yaml").at("/spec/selector/matchLabels"),
                    file("disruption-budget.yaml").at("/spec/selector/matchLabels"),
                    file("network-policy.yaml").at("/spec/podSelector/matchLabels")))
            .toList();

    // Then
    assertThat(selectors)
        .hasSize(5)
        .allSatisfy(selector -> assertThat(pods).containsAllEntriesOf(labels(selector)))
        .noneSatisfy(selector -> assertThat(labels(selector)).isEmpty());
  }

  @Test
  void mountsTheKeysThatTheGatewayIsToldOf() {
    // Given
    String directory = container("deployment.yaml").at("/volumeMounts/0/mountPath").asString();
    String secret = pod("deployment.yaml").at("/volumes/0/secret/secretName").asString();

    // When
    List<Path> keys =
        List.of(
            gateway().access().signingKeyFile().orElseThrow(),
            gateway().events().secretKeyFile().orElseThrow());

    // Then
    assertThat(keys)
        .allSatisfy(
            key -> {
              assertThat(key.getParent()).hasToString(directory);
              assertThat(SECRETS.get(secret).has(key.getFileName().toString())).isTrue();
            });
  }

  @Test
  void migratesWithTheImageThatServes() {
    // Given
    JsonNode image = file("kustomization.yaml").path("images").path(0);

    // When
    String migrates = container("migrate-job.yaml").path("image").asString();

    // Then
    assertThat(migrates)
        .isEqualTo(image.path("newName").asString() + ":" + image.path("newTag").asString());
    assertThat(container("deployment.yaml").path("image").asString())
        .isEqualTo(image.path("name").asString());
  }
}
