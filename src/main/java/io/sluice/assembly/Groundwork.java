package io.sluice.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.access.PasswordCost;
import io.sluice.access.SecretBox;
import io.sluice.access.SigningKeys;
import io.sluice.config.SluiceConfig;
import io.sluice.loop.Doors;
import io.sluice.operations.ManagementPort;
import io.sluice.store.Database;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.NetServerOptions;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What does not wait for the database: made ready by other threads while that is looked for. */
final class Groundwork {
  private final SluiceConfig config;
  private final CompletableFuture<Vertx> vertx;
  private final CompletableFuture<SigningKeys> keys;
  private final CompletableFuture<SecretBox> secrets;

  Groundwork(SluiceConfig config) {
    this.config = config;
    vertx = CompletableFuture.supplyAsync(this::makeVertx);
    keys = CompletableFuture.supplyAsync(this::signingKeys);
    secrets = CompletableFuture.supplyAsync(this::secrets);
  }

  Vertx vertx() {
    return ready(vertx);
  }

  /**
   * All of it, over a migrated database; blocks until it is ready.
   *
   * @throws StartException when a key cannot be used
   */
  Foundation under(Database database, MeterRegistry registry) {
    return new Foundation(
        vertx(),
        database,
        ready(keys),
        ready(secrets),
        PasswordCost.DEFAULT,
        registry,
        Clock.systemUTC());
  }

  private Vertx makeVertx() {
    VertxOptions options =
        new VertxOptions()
            // The lanes share the event loops of HTTP: every further thread costs wake-ups.
            .setEventLoopPoolSize(config.http().eventLoops())
            .setFileSystemOptions(
                // Nothing is served from files, and a killed process would leave its cache behind.
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return Vertx.builder().with(options).withTransport(new Doors(this::places)).build();
  }

  /** Somewhat more than are served, so that it is seen whose they are before some are cut. */
  private int places(NetServerOptions server) {
    int served =
        server.getPort() == config.management().port()
            ? ManagementPort.MAX_CONNECTIONS
            : config.http().maxConnections();
    return served + Capacity.CONNECTIONS_TO_BE_CUT;
  }

  private SigningKeys signingKeys() {
    try {
      return config
          .access()
          .signingKeyFile()
          .map(SigningKeys::load)
          .orElseGet(() -> SigningKeys.loadOrCreate(config.data().directory()));
    } catch (IllegalArgumentException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  private SecretBox secrets() {
    try {
      return config
          .events()
          .secretKeyFile()
          .map(SecretBox::load)
          .orElseGet(() -> SecretBox.loadOrCreate(config.data().directory()));
    } catch (IllegalArgumentException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  /** The part, when it is made; what went wrong with it as a start that failed. */
  static <T> T ready(CompletableFuture<T> part) {
    try {
      return part.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StartException known
          ? known
          : new StartException(StartFailures.reason(e), e);
    }
  }
}
