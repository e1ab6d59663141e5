package io.sluice.loadtest.jmh;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.access.AuditTrail;
import io.sluice.access.JwtTokens;
import io.sluice.access.PasswordCost;
import io.sluice.access.Passwords;
import io.sluice.access.PgCredentials;
import io.sluice.access.SecretBox;
import io.sluice.access.SigningKeys;
import io.sluice.access.TokenBuckets;
import io.sluice.assembly.Assembly;
import io.sluice.assembly.Dialects;
import io.sluice.assembly.Foundation;
import io.sluice.assembly.Provider;
import io.sluice.config.AccessSettings;
import io.sluice.config.SluiceConfig;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Services;
import io.sluice.ledger.TenantId;
import io.sluice.loadtest.Awaiting;
import io.sluice.store.Database;
import io.sluice.store.EmbeddedServer;
import io.sluice.store.Migrations;
import io.sluice.store.PgAssetStore;
import io.sluice.store.PgHolderStore;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.access.AuditStore;
import io.sluice.store.access.Backing;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.TenantRules;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Sets the demo tenant up on a throw-away PostgreSQL, then builds the dialects a second time with a
 * pipeline that posts at once and stores that answer from memory.
 */
final class Site implements AutoCloseable {
  private static final SluiceConfig CONFIG =
      Dialects.configReader(Dialects.ALL)
          .read(
              Optional.empty(),
              Map.of(),
              Map.of(
                  "http.port", "0",
                  "scrip.rateLimit.perSecond", "0",
                  // Refreshing what is remembered would be measured now and then.
                  "access.cacheLifetimeS", "3600"));
  private static final SigningKeys KEYS = SigningKeys.ephemeral();
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String CREDENTIAL =
      "SELECT id, generation FROM credential WHERE tenant_id = ? AND revoked_at IS NULL LIMIT 1";

  private final Path directory;
  private final EmbeddedServer server;
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setFileCachingEnabled(false)
                      .setClassPathResolvingEnabled(false)));
  private final Assembly assembly;
  private final MemoryPool memory;
  private final TenantId tenant;

  Site() throws IOException {
    directory = Files.createTempDirectory("sluice-bench");
    server =
        EmbeddedServer.start(
            directory.resolve("postgresql"), directory.resolve("binaries"), CONFIG.database());
    new Migrations(server.roles()).migrate();
    Database database = server.roles().runtime();
    assembly =
        Awaiting.result(
            Assembly.start(
                new Foundation(
                    vertx,
                    database,
                    KEYS,
                    SecretBox.ephemeral(),
                    PasswordCost.DEFAULT,
                    new SimpleMeterRegistry(),
                    CLOCK),
                Dialects.ALL,
                CONFIG));
    memory = new MemoryPool(assembly.pools().lookUps().pool());
    tenant = Awaiting.result(assembly.tenants().create("benchmark")).orElseThrow().id();
  }

  TenantId tenant() {
    return tenant;
  }

  /** One of the demo's credentials, for tokens to stand on. */
  Backing.Credential credential() throws SQLException {
    try (var connection = server.roles().runtime().dataSource().getConnection();
        var query = connection.prepareStatement(CREDENTIAL)) {
      query.setInt(1, tenant.value());
      try (var row = query.executeQuery()) {
        row.next();
        return new Backing.Credential(row.getObject(1, UUID.class), row.getInt(2));
      }
    }
  }

  /** Issues and verifies tokens; remembers this many. */
  JwtTokens tokens(int remembered) {
    var settings =
        AccessSettings.SECTION.of(
            Map.of(
                "access.tokenCacheSize",
                Integer.toString(remembered),
                "access.cacheLifetimeS",
                "3600"));
    return tokens(memory.pools(), settings);
  }

  private JwtTokens tokens(Pools pools, AccessSettings settings) {
    return new JwtTokens(
        vertx, KEYS, new TenantRules(pools), settings, assembly.services().ids(), CLOCK);
  }

  /** The call that a dialect demonstrates, and who answers it. */
  Request request(String name) throws IOException, InterruptedException {
    Dialect real =
        assembly.dialects().stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
    String line =
        Awaiting.result(
                real.demonstrate(
                    new Demonstration(
                        tenant,
                        "http://127.0.0.1:" + assembly.gateway().port(),
                        assembly.access().issuer())))
            .text();
    ShellLine shown = ShellLine.parse(line);
    var parts =
        new Provider.Parts(
            services(), memory.pools(), assembly.eventParts(), CONFIG, assembly.access().audit());
    for (Provider provider : Dialects.ALL) {
      Dialect dialect = provider.maker().apply(parts);
      for (Endpoint endpoint : dialect.endpoints()) {
        Optional<Map<String, String>> parameters = match(endpoint.path(), shown.path());
        if (endpoint.method().name().equals("POST") && parameters.isPresent()) {
          return new Request(
              endpoint,
              new RequestCall(
                  shown.headers(), parameters.get(), Buffer.buffer(shown.body()), Map.of()));
        }
      }
    }
    throw new IllegalStateException("no endpoint for " + shown.path());
  }

  /** One call of one endpoint. */
  record Request(Endpoint endpoint, RequestCall call) {}

  /** No further question goes to the database: to be called when everything was asked once. */
  void seal() {
    memory.seal();
  }

  private Services services() {
    Services real = assembly.services();
    Pools pools = memory.pools();
    return new Services(
        new PostedAtOnce(),
        new PgHolderStore(pools, CLOCK),
        new PgAssetStore(pools),
        new PgTransferStore(pools),
        real.seals(),
        tokens(pools, CONFIG.access()),
        new PgCredentials(
            new CredentialStore(pools),
            new Passwords(vertx, PasswordCost.DEFAULT),
            CONFIG.access(),
            CLOCK,
            new AuditTrail(new AuditStore(pools), real.ids(), CLOCK, 60)),
        new TokenBuckets(CLOCK),
        CLOCK,
        real.ids(),
        real.names(),
        real.bulk(),
        real.listeners());
  }

  private static Optional<Map<String, String>> match(String template, String path) {
    String[] wanted = template.split("/");
    String[] given = path.split("/");
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith(":")) {
        parameters.put(wanted[i].substring(1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  @Override
  public void close() {
    Awaiting.result(assembly.stop());
    Awaiting.result(vertx.close());
    server.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
