package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.assembly.Dialects;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final ConfigReader READER = Dialects.configReader(Dialects.ALL);
  private static final Path SHIPPED = Path.of("conf", "sluice.properties");
  private static final Pattern SWITCHED_OFF = Pattern.compile("^#([a-zA-Z.]+) =(.*)$");

  @TempDir Path directory;

  @Test
  void shipsAFileWithEveryKeyAtItsTrueDefault() throws IOException {
    // When
    List<String> listed =
        Files.readAllLines(SHIPPED).stream()
            .map(SWITCHED_OFF::matcher)
            .filter(matcher -> matcher.matches())
            .map(matcher -> matcher.group(1) + "=" + matcher.group(2).strip())
            .toList();

    // Then
    assertThat(listed)
        .containsExactlyElementsOf(
            READER.keys().stream().map(key -> key.name() + "=" + key.defaultText()).toList());
  }

  @Test
  void shipsAFileThatChangesNothing() {
    // When
    SluiceConfig config = READER.read(Optional.of(SHIPPED), Map.of(), Map.of());

    // Then
    assertThat(sections())
        .allSatisfy(section -> assertThat(config.of(section)).isEqualTo(section.defaults()));
  }

  @Test
  void saysInTheFileWhatEachKeyMeans() throws IOException {
    // Given
    String comments = Files.readString(SHIPPED).replaceAll("\\n# ?", " ");

    // When / Then
    assertThat(READER.keys())
        .allSatisfy(key -> assertThat(comments).contains(key.description(), key.name() + " ="));
  }

  @Test
  void takesTheCommandLineBeforeTheEnvironmentBeforeTheFile() throws IOException {
    // Given
    Path file = file("http.port = 1", "http.host=file", "pipeline.lanes = 3", "# a comment", "");
    Map<String, String> environment =
        Map.of("SLUICE_HTTP_PORT", "2", "SLUICE_HTTP_HOST", "variable", "PATH", "/bin");

    // When
    SluiceConfig config = READER.read(Optional.of(file), environment, Map.of("http.port", "3"));

    // Then
    assertThat(config.http().port()).isEqualTo(3);
    assertThat(config.http().host()).isEqualTo("variable");
    assertThat(config.pipeline().lanes()).isEqualTo(3);
  }

  @Test
  void leavesTheServiceLinksOfKubernetesAlone() {
    // Given
    Map<String, String> environment = new HashMap<>();
    for (String service : List.of("SLUICE", "SLUICE_HTTP", "SLUICE_MANAGEMENT", "SLUICE_DB_0")) {
      environment.put(service + "_SERVICE_HOST", "10.0.0.7");
      environment.put(service + "_SERVICE_PORT", "8080");
      environment.put(service + "_SERVICE_PORT_HTTP", "8080");
      environment.put(service + "_PORT", "tcp://10.0.0.7:8080");
      environment.put(service + "_PORT_8080_TCP", "tcp://10.0.0.7:8080");
      environment.put(service + "_PORT_8080_TCP_PROTO", "tcp");
      environment.put(service + "_PORT_8080_TCP_PORT", "8080");
      environment.put(service + "_PORT_8080_TCP_ADDR", "10.0.0.7");
    }

    // When
    SluiceConfig config = READER.read(Optional.empty(), environment, Map.of());

    // Then
    assertThat(sections())
        .allSatisfy(section -> assertThat(config.of(section)).isEqualTo(section.defaults()));
  }

  @Test
  void namesTheVariableOfEachKey() {
    // When
    List<String> variables = READER.keys().stream().map(Key::variable).toList();

    // Then
    assertThat(variables)
        .contains("SLUICE_HTTP_MAX_BODY_BYTES", "SLUICE_SCRIP_RATE_LIMIT_PER_SECOND")
        .doesNotHaveDuplicates();
  }

  @Test
  void reportsEveryProblemAtOnceWithItsPlace() throws IOException {
    // Given
    Path file = file("http.prot = 1", "http.host", "pipeline.lanes = 900", "http.port = 70000");
    Map<String, String> environment =
        Map.of("SLUICE_HTTP_PROT", "1", "SLUICE_DEMO_ENABLED", "maybe", "SLUICE_LOG_LEVEL", " ");

    // When
    List<String> problems = problems(file, environment);

    // Then
    assertThat(problems)
        .containsExactlyInAnyOrder(
            file + " line 1 sets the unknown key http.prot; the nearest known one is http.port",
            file + " line 2 is not of the form key = value",
            "the environment variable SLUICE_HTTP_PROT sets the unknown key SLUICE_HTTP_PROT;"
                + " the nearest known one is SLUICE_HTTP_PORT",
            "pipeline.lanes is \"900\" in "
                + file
                + " line 3, but must be a whole number from 1"
                + " to 64",
            "http.port is \"70000\" in "
                + file
                + " line 4, but must be a whole number from 0 to"
                + " 65535",
            "demo.enabled is \"maybe\" in the environment variable SLUICE_DEMO_ENABLED, but must"
                + " be one of auto, true, false");
  }

  @Test
  void refusesAKeyThatIsSetTwice() throws IOException {
    // Given
    Path file = file("http.port = 1", "http.port = 2");

    // When
    List<String> problems = problems(file, Map.of());

    // Then
    assertThat(problems).containsExactly(file + " line 2 sets http.port again, after line 1");
  }

  @Test
  void saysThatTheFileCannotBeRead() {
    // When
    List<String> problems = problems(directory.resolve("absent.properties"), Map.of());

    // Then
    assertThat(problems).singleElement().asString().contains("absent.properties cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "management.adminToken = hidden-hidden-hidden",
        "database.url = postgres://u:hidden@h/d"
      })
  void takesSecretsFromAFileOfItsOwnersOnly(String line) throws IOException {
    // Given
    Path file = file(line);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    // When
    List<String> problems = problems(file, Map.of());

    // Then
    assertThat(problems)
        .singleElement()
        .asString()
        .contains(line.split(" ")[0], "rw-r-----", "chmod 600 " + file)
        .doesNotContain("hidden");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(READER.read(Optional.of(file), Map.of(), Map.of()).demo()).isEqualTo(DemoMode.AUTO);
  }

  @Test
  void showsNoSecret() {
    // Given
    Map<String, String> environment =
        Map.of(
            "SLUICE_MANAGEMENT_ADMIN_TOKEN", "hidden-hidden-hidden",
            "SLUICE_DATABASE_URL", "postgres://u:hidden@h/d");

    // When
    SluiceConfig config = READER.read(Optional.empty(), environment, Map.of());

    // Then
    assertThat(config.management().toString()).doesNotContain("hidden");
    assertThat(config.database().toString()).doesNotContain("hidden");
    assertThat(problems(Map.of("SLUICE_MANAGEMENT_ADMIN_TOKEN", "hidden")))
        .singleElement()
        .asString()
        .contains("management.adminToken is a value that is not shown")
        .doesNotContain("hidden");
  }

  @Test
  void readsIssuers() throws IOException {
    // Given
    Path file =
        file(
            "access.issuers.partner.issuer = https://login.example.com/",
            "access.issuers.partner.keys = https://login.example.com/keys",
            "access.issuers.partner.audience = sluice",
            "access.issuers.partner.tenantClaim = tenant",
            "access.issuers.partner.tenants = 1",
            "access.issuers.partner.dialects = isometric, orum");
    Map<String, String> environment = Map.of("SLUICE_ACCESS_ISSUERS_PARTNER_TENANTS", "1, 2");

    // When
    SluiceConfig config = READER.read(Optional.of(file), environment, Map.of());

    // Then
    assertThat(config.access().issuers())
        .containsExactly(
            new IssuerSettings(
                "https://login.example.com/",
                URI.create("https://login.example.com/keys"),
                "sluice",
                Optional.of("tenant"),
                Set.of(1, 2),
                Set.of("isometric", "orum"),
                false));
  }

  @ParameterizedTest
  @CsvSource({"allow, true", "refuse, false"})
  void readsWhetherAnIssuersTokensMayComeWithoutScopes(String text, boolean allowed)
      throws IOException {
    // Given
    Path file =
        file(
            "access.issuers.p.issuer = x",
            "access.issuers.p.keys = https://x/keys",
            "access.issuers.p.audience = a",
            "access.issuers.p.tenants = 1",
            "access.issuers.p.dialects = orum",
            "access.issuers.p.unscoped = " + text);

    // When
    SluiceConfig config = READER.read(Optional.of(file), Map.of(), Map.of());

    // Then
    assertThat(config.access().issuers().getFirst().unscopedAllowed()).isEqualTo(allowed);
  }

  @Test
  void refusesAnythingElseForUnscoped() throws IOException {
    // Given
    Path file =
        file(
            "access.issuers.p.issuer = x",
            "access.issuers.p.keys = https://x/keys",
            "access.issuers.p.audience = a",
            "access.issuers.p.tenants = 1",
            "access.issuers.p.dialects = orum",
            "access.issuers.p.unscoped = yes");

    // When
    List<String> problems = problems(file, Map.of());

    // Then
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("access.issuers.p.unscoped is \"yes\"", "allow or refuse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "gateway.example"})
  void refusesADemoThatTheNetworkCouldReach(String host) {
    // Given
    Map<String, String> open = Map.of("http.host", host, "demo.enabled", "true");

    // When
    var refusal = assertThatThrownBy(() -> READER.read(Optional.empty(), Map.of(), open));

    // Then
    refusal
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.host (" + host + ") can be reached from the network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "localhost"})
  void takesADemoThatOnlyThisMachineReaches(String host) {
    // When
    SluiceConfig config =
        READER.read(Optional.empty(), Map.of(), Map.of("http.host", host, "demo.enabled", "true"));

    // Then
    assertThat(config.demo()).isEqualTo(DemoMode.TRUE);
  }

  @Test
  void refusesHalfAnIssuer() throws IOException {
    // Given
    Path file = file("access.issuers.partner.issuer = x", "access.issuers.partner.colour = red");

    // When
    List<String> problems = problems(file, Map.of());

    // Then
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).contains("unknown key access.issuers.partner.colour");
    assertThat(problems.get(1))
        .isEqualTo("access.issuers.partner lacks audience, dialects, keys, tenants");
  }

  @ParameterizedTest
  @CsvSource({
    "keys, http://login.example/keys, 'keys that come by https, from a file or from this machine'",
    "keys, https:keys, 'keys that come by https, from a file or from this machine'",
    "tenants, '', the tenants that it may speak for",
    "tenants, 0, tenants' ids that are positive",
    "tenants, '1, 2', 'a tenantClaim, or exactly one tenant'",
    "dialects, ',', the dialects that it is for",
    "audience, '', a name and an audience"
  })
  void refusesAnIssuerThatCouldNotBeTrusted(String field, String value, String needed)
      throws IOException {
    // Given
    Map<String, String> fields =
        new TreeMap<>(
            Map.of(
                "issuer", "x",
                "keys", "https://login.example/keys",
                "audience", "a",
                "tenants", "1",
                "dialects", "orum"));
    fields.put(field, value);
    Path file =
        file(
            fields.entrySet().stream()
                .map(entry -> "access.issuers.p." + entry.getKey() + " = " + entry.getValue())
                .toArray(String[]::new));

    // When
    List<String> problems = problems(file, Map.of());

    // Then
    assertThat(problems).containsExactly("access.issuers.p needs " + needed);
  }

  @ParameterizedTest
  @CsvSource({
    "http.tls.certificateFile, http.tls.certificateFile and http.tls.keyFile need each other",
    "http.tls.keyFile, http.tls.certificateFile and http.tls.keyFile need each other",
    "management.tls.clientCaFile, management.tls.clientCaFile needs management.tls.certificateFile",
    "management.client.keyFile, management.client.keyFile need each other"
  })
  void refusesWhatMeansNothingWithoutAnother(String key, String problem) throws IOException {
    // Given
    Path file = file(key + " = some.pem");

    // When
    List<String> problems = problems(file, Map.of());

    // Then
    assertThat(problems).singleElement().asString().contains(problem);
  }

  @Test
  void refusesAnIssuerOfUnreadableTenants() throws IOException {
    // Given
    Path file =
        file(
            "access.issuers.p.issuer = x",
            "access.issuers.p.keys = https://x/keys",
            "access.issuers.p.audience = a",
            "access.issuers.p.tenants = demo",
            "access.issuers.p.dialects = orum");

    // When
    List<String> problems = problems(file, Map.of());

    // Then
    assertThat(problems)
        .containsExactly(
            "access.issuers.p.tenants is \"demo\" in "
                + file
                + " line 4, but must be numbers with commas between them");
  }

  @Test
  void readsWhatADialectBringsAsItsOwn() throws IOException {
    // Given
    var toy = new Section<>(keys -> keys.about("How large.").integer("toy.size", 1, 0, 9));
    Path file = file("toy.size = 7", "toy.sise = 8");

    // When
    SluiceConfig config =
        new ConfigReader(List.of(toy))
            .read(Optional.empty(), Map.of("SLUICE_TOY_SIZE", "7"), Map.of());

    // Then
    assertThat(config.of(toy)).isEqualTo(7);
    assertThat(problems(new ConfigReader(List.of(toy)), file))
        .containsExactly(
            file + " line 2 sets the unknown key toy.sise; the nearest known one is toy.size");
    assertThat(problems(new ConfigReader(List.of()), file)).hasSize(2);
  }

  @Test
  void refusesTwoSectionsWithTheSameKey() {
    // Given
    var toy = new Section<>(keys -> keys.about("Whether.").flag("http.port", true));

    // When
    var refusal = assertThatThrownBy(() -> new ConfigReader(List.of(toy)));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("http.port");
  }

  @Test
  void knowsNothingOfASectionThatWasNotRead() {
    // Given
    SluiceConfig config = READER.read(Optional.empty(), Map.of(), Map.of());
    var other = new Section<>(keys -> keys.about("Whether.").flag("toy.flag", true));

    // When
    var refusal = assertThatThrownBy(() -> config.of(other));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesDeadlinesInTheWrongOrder() throws IOException {
    // Given
    Path file =
        file(
            "pipeline.deadlineMs = 10000",
            "pipeline.flushTimeoutMs = 10000",
            "database.statementTimeoutMs = 15000",
            "database.queryTimeoutMs = 15000",
            "database.lockTimeoutMs = 15000");

    // When
    List<String> problems = problems(file, Map.of());

    // Then
    assertThat(problems)
        .containsExactly(
            "database.lockTimeoutMs (15000) must be less than database.statementTimeoutMs (15000)",
            "database.statementTimeoutMs (15000) must be less than pipeline.flushTimeoutMs (10000)",
            "pipeline.flushTimeoutMs (10000) must be less than pipeline.deadlineMs (10000)",
            "pipeline.deadlineMs (10000) must be less than http.requestTimeoutMs (10000)",
            "database.statementTimeoutMs (15000) must be less than database.queryTimeoutMs (15000)",
            "database.queryTimeoutMs (15000) must be less than http.requestTimeoutMs (10000)");
  }

  private static List<Section<?>> sections() {
    Stream<Section<?>> own =
        Stream.of(
            HttpSettings.SECTION,
            ManagementSettings.SECTION,
            PipelineSettings.SECTION,
            DatabaseSettings.SECTION,
            DataSettings.SECTION,
            AccessSettings.SECTION,
            DemoMode.SECTION,
            VerifySettings.SECTION,
            LogSettings.SECTION);
    return Stream.concat(own, Dialects.ALL.stream().flatMap(p -> p.sections().stream())).toList();
  }

  private static List<String> problems(ConfigReader reader, Path file) {
    return catchThrowableOfType(
            ConfigException.class, () -> reader.read(Optional.of(file), Map.of(), Map.of()))
        .problems();
  }

  private static List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(
            ConfigException.class, () -> READER.read(Optional.empty(), environment, Map.of()))
        .problems();
  }

  private static List<String> problems(Path file, Map<String, String> environment) {
    return catchThrowableOfType(
            ConfigException.class, () -> READER.read(Optional.of(file), environment, Map.of()))
        .problems();
  }

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("test.properties"), List.of(lines));
  }
}
