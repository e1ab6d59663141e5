package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The names and defaults of every key are a promise, and each value must reach its own component:
 * for every section its keys with their defaults, and what it is read into when all are set.
 */
class SectionsTest {
  private static final ProxySettings PROXIES =
      new ProxySettings(
          new Networks(List.of(new Networks.Network(InetAddress.ofLiteral("10.0.0.0"), 8))),
          ProxyHeader.FORWARDED);

  private static final HttpSettings HTTP =
      new HttpSettings(
          "h",
          1,
          2_000,
          3_000,
          4_000,
          5,
          6_000_000,
          700,
          800,
          900,
          1_000,
          1_100,
          1_200,
          13,
          false,
          PROXIES,
          Optional.of("https://u/p"));

  @Test
  void http() {
    assertDefaults(
        HttpSettings.SECTION,
        "http.host=127.0.0.1",
        "http.port=8080",
        "http.maxBodyBytes=262144",
        "http.maxHeaderBytes=16384",
        "http.maxRequestLineBytes=8192",
        "http.maxConnections=5000",
        "http.bodyBudgetBytes=33554432",
        "http.headerTimeoutMs=10000",
        "http.bodyTimeoutMs=10000",
        "http.requestTimeoutMs=10000",
        "http.writeTimeoutMs=10000",
        "http.idleTimeoutMs=75000",
        "http.lameDuckMs=3000",
        "http.eventLoops=0",
        "http.accessLog=true",
        "http.trustedProxies=",
        "http.proxyHeader=x_forwarded_for",
        "http.publicUrl=");
    assertMapping(
        HttpSettings.SECTION,
        HTTP,
        "h",
        "1",
        "2000",
        "3000",
        "4000",
        "5",
        "6000000",
        "700",
        "800",
        "900",
        "1000",
        "1100",
        "1200",
        "13",
        "false",
        "10.0.0.0/8",
        "forwarded",
        "https://u/p/");
  }

  @Test
  void management() {
    assertDefaults(
        ManagementSettings.SECTION,
        "management.host=127.0.0.1",
        "management.port=9090",
        "management.allowedHosts=",
        "management.adminToken=");
    assertMapping(
        ManagementSettings.SECTION,
        new ManagementSettings("h", 1, Set.of("mine"), Optional.of("sixteen-letters!")),
        "h",
        "1",
        "mine",
        "sixteen-letters!");
  }

  @Test
  void tls() {
    // When / Then
    assertTls(TlsSettings.HTTP, "http.tls.");
    assertTls(TlsSettings.MANAGEMENT, "management.tls.");
  }

  private static void assertTls(Section<TlsSettings> section, String prefix) {
    assertDefaults(
        section,
        prefix + "certificateFile=",
        prefix + "keyFile=",
        prefix + "clientCaFile=",
        prefix + "minVersion=1.2",
        prefix + "reloadIntervalMs=10000");
    assertMapping(
        section,
        new TlsSettings(
            Optional.of(Path.of("c")),
            Optional.of(Path.of("k")),
            Optional.of(Path.of("a")),
            "1.3",
            100),
        "c",
        "k",
        "a",
        "1.3",
        "100");
  }

  @Test
  void managementClient() {
    assertDefaults(
        ManagementClientSettings.SECTION,
        "management.client.caFile=",
        "management.client.serverName=",
        "management.client.certificateFile=",
        "management.client.keyFile=");
    assertMapping(
        ManagementClientSettings.SECTION,
        new ManagementClientSettings(
            Optional.of(Path.of("a")),
            Optional.of("n"),
            Optional.of(Path.of("c")),
            Optional.of(Path.of("k"))),
        "a",
        "n",
        "c",
        "k");
  }

  @Test
  void bulk() {
    assertDefaults(
        BulkSettings.SECTION,
        "bulk.windowLines=256",
        "bulk.windowBytes=1048576",
        "bulk.maxLines=1024",
        "bulk.maxLineBytes=65536");
    assertMapping(
        BulkSettings.SECTION, new BulkSettings(1, 70_000, 3, 4_000), "1", "70000", "3", "4000");
  }

  @Test
  void pipeline() {
    assertDefaults(
        PipelineSettings.SECTION,
        "pipeline.lanes=2",
        "pipeline.queueCapacity=8192",
        "pipeline.maxWaitMs=100",
        "pipeline.maxBatchLegs=256",
        "pipeline.gentleMs=1000",
        "pipeline.deadlineMs=8000",
        "pipeline.lockTimeoutMs=50",
        "pipeline.flushTimeoutMs=5000",
        "pipeline.retryAfterMs=1000",
        "pipeline.drainTimeoutMs=10000",
        "pipeline.countedTenants=100");
    assertMapping(
        PipelineSettings.SECTION,
        new PipelineSettings(1, 2, 30, 3, 9, 400, 45, 5_000, 600, 7, 8),
        "1",
        "2",
        "30",
        "3",
        "9",
        "400",
        "45",
        "5000",
        "600",
        "7",
        "8");
  }

  @Test
  void events() {
    assertDefaults(
        EventSettings.SECTION,
        "events.pollMs=250",
        "events.maxConcurrent=64",
        "events.maxConcurrentPerTenant=16",
        "events.maxConcurrentPerEndpoint=8",
        "events.retentionDays=30",
        "events.allowedNetworks=",
        "events.secretKeyFile=");
    assertMapping(
        EventSettings.SECTION,
        new EventSettings(
            11, 2, 3, 4, 5, Networks.parse("127.0.0.0/8"), Optional.of(Path.of("key"))),
        "11",
        "2",
        "3",
        "4",
        "5",
        "127.0.0.0/8",
        "key");
  }

  @Test
  void database() {
    assertDefaults(
        DatabaseSettings.SECTION,
        "database.url=",
        "database.migrate.url=",
        "database.passwordFile=",
        "database.poolSize=8",
        "database.listPoolSize=4",
        "database.poolWaitQueue=1000",
        "database.connectionTimeoutMs=5000",
        "database.connectTimeoutMs=3000",
        "database.startTimeoutMs=30000",
        "database.queryTimeoutMs=6000",
        "database.idleTimeoutMs=600000",
        "database.maxLifetimeMs=1800000",
        "database.statementTimeoutMs=4000",
        "database.lockTimeoutMs=2000",
        "database.idleInTransactionTimeoutMs=4000",
        "database.embedded.port=0",
        "database.embedded.sharedBuffers=256MB");
    assertMapping(
        DatabaseSettings.SECTION,
        new DatabaseSettings(
            Optional.of("u"),
            Optional.of("m"),
            Optional.of(Path.of("f")),
            new DatabaseLimits(1, 2, 3, 400, 500, 600, 700, 800, 900, 1_000, 1_100, 1_200),
            7,
            "8MB"),
        "u",
        "m",
        "f",
        "1",
        "2",
        "3",
        "400",
        "500",
        "600",
        "700",
        "800",
        "900",
        "1000",
        "1100",
        "1200",
        "7",
        "8MB");
  }

  @Test
  void databaseLimits() {
    // When / Then
    assertThat(DatabaseLimits.DEFAULTS).isEqualTo(DatabaseSettings.SECTION.defaults().limits());
  }

  @Test
  void data() {
    assertDefaults(DataSettings.SECTION, "data.directory=data");
    assertMapping(DataSettings.SECTION, new DataSettings(Path.of("d")), "d");
  }

  @Test
  void access() {
    assertDefaults(
        AccessSettings.SECTION,
        "access.deployment=sluice",
        "access.signingKeyFile=",
        "access.tokenCacheSize=10000",
        "access.credentialCacheSize=10000",
        "access.cacheLifetimeS=30",
        "access.maxLoginFailures=5",
        "access.loginLockS=900",
        "access.maxAuditedFailuresPerMinute=60",
        "access.maxIssuerTokenLifetimeS=86400");
    assertMapping(
        AccessSettings.SECTION,
        new AccessSettings(
            "d",
            Optional.of(Path.of("k")),
            1,
            2,
            Duration.ofSeconds(3),
            4,
            Duration.ofSeconds(5),
            6,
            Duration.ofSeconds(60),
            List.of()),
        "d",
        "k",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "60");
  }

  @Test
  void demo() {
    assertDefaults(DemoMode.SECTION, "demo.enabled=auto");
    assertMapping(DemoMode.SECTION, DemoMode.FALSE, "false");
  }

  @Test
  void verify() {
    assertDefaults(
        VerifySettings.SECTION, "verify.sessions=0", "verify.exact=false", "verify.memoryMib=512");
    assertMapping(VerifySettings.SECTION, new VerifySettings(1, true, 3 << 20), "1", "true", "3");
  }

  @Test
  void verifiesInAFewSessionsByDefault() {
    // When
    VerifySettings settings = VerifySettings.SECTION.defaults();

    // Then
    assertThat(settings.sessions())
        .isEqualTo(Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  @Test
  void log() {
    assertDefaults(LogSettings.SECTION, "log.format=text", "log.level=info");
    assertMapping(
        LogSettings.SECTION, new LogSettings(LogFormat.JSON, LogLevel.ERROR), "json", "error");
  }

  @Test
  void tracing() {
    assertDefaults(
        TracingSettings.SECTION,
        "tracing.endpoint=",
        "tracing.sampledPerMillion=1000000",
        "tracing.serviceName=sluice",
        "tracing.timeoutMs=5000",
        "tracing.queueSpans=8192");
    assertMapping(
        TracingSettings.SECTION,
        new TracingSettings(
            Optional.of(URI.create("http://collector:4318/v1/traces")), 1, "name", 200, 300),
        "http://collector:4318/v1/traces",
        "1",
        "name",
        "200",
        "300");
  }

  @Test
  void takesNoEventLoopsForOneOfEachProcessor() {
    // When
    HttpSettings settings = HttpSettings.SECTION.of(Map.of("http.eventLoops", "0"));

    // Then
    assertThat(settings.eventLoops()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  private static void assertDefaults(Section<?> section, String... lines) {
    assertThat(section.keys())
        .extracting(key -> key.name() + "=" + key.defaultText())
        .containsExactly(lines);
  }

  private static <T> void assertMapping(Section<T> section, T expected, String... values) {
    // Given
    Map<String, String> set = new LinkedHashMap<>();
    List<Key<?>> keys = section.keys();
    assertThat(values).hasSameSizeAs(keys);
    for (int i = 0; i < values.length; i++) {
      set.put(keys.get(i).name(), values[i]);
    }

    // When
    T settings = section.of(set);

    // Then
    assertThat(settings).isEqualTo(expected).isNotEqualTo(section.defaults());
  }
}
