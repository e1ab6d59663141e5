package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.DatabaseLimits;
import io.sluice.config.DatabaseSettings;
import io.sluice.loop.EventLoop;
import io.sluice.testing.Relay;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorTest extends PgStoreTest {
  private static final DatabaseLimits HASTY =
      DatabaseSettings.SECTION.of(Map.of("database.connectTimeoutMs", "200")).limits();

  private final Relay relay = Relay.to(test.database());

  @TempDir private Path directory;

  @AfterEach
  void closeRelay() {
    relay.close();
  }

  private Future<ServerConnection> open(Database database) {
    return new Connector(vertx, database).open(EventLoop.create(vertx), ConnectionUse.POOL);
  }

  private static Database settled(Database database) {
    return ((DatabaseProbe.Result.Usable) DatabaseProbe.forWriting(database)).database();
  }

  @Test
  void decidesOnceWhetherConnectionsUseTlsAndLeavesNoneBehind() {
    // Given: a server without TLS, at an address that says nothing of it
    Database unsettled = relay.database().withSslMode(SslMode.PREFER);

    // When
    Database settled = settled(unsettled);
    List<ServerConnection> opened =
        IntStream.range(0, 20).mapToObj(i -> await(open(settled))).toList();

    // Then
    assertThat(settled.sslMode()).isEqualTo(SslMode.DISABLE);
    assertThat(relay.open()).isEqualTo(20);
    opened.forEach(ServerConnection::close);
    Waiting.until(() -> relay.open() == 0);
  }

  @Test
  void leavesNoConnectionBehindWhenTheServerHasNoTls() {
    // Given
    Database strict = relay.database().withSslMode(SslMode.REQUIRE);

    // When
    List<Future<ServerConnection>> attempts =
        Stream.generate(() -> open(strict)).limit(20).toList();

    // Then
    attempts.forEach(
        attempt -> assertThatThrownBy(() -> await(attempt)).isInstanceOf(StoreException.class));
    Waiting.until(() -> relay.open() == 0);
  }

  @Test
  void givesAServerUpThatTakesConnectionsAndSaysNothing() {
    // Given
    relay.ignoreNewcomers();

    // When
    Future<ServerConnection> attempt = open(relay.database().withLimits(HASTY));

    // Then
    assertThatThrownBy(() -> await(attempt)).hasMessageContaining("no answer in time");
    Waiting.until(() -> relay.open() == 0);
  }

  @Test
  void usesTheServerThatTakesWrites() throws IOException {
    // Given: where nobody listens, then a server that only reads, then one that takes writes
    test.execute(
        "ALTER DATABASE " + test.database().name() + " SET default_transaction_read_only = on");
    try (TestDatabase other = TestDatabase.create();
        Relay writable = Relay.to(test.database())) {
      writable.leadTo(other.database());
      Server nobody = new Server("127.0.0.1", freePort());
      Server reading = relay.database().servers().getFirst();
      Server writing = writable.database().servers().getFirst();
      Database all = test.database().withServers(List.of(nobody, reading, writing));

      // When
      ServerConnection opened = await(open(all));

      // Then
      assertThat(opened.server()).isEqualTo(writing);
      Waiting.until(() -> relay.open() == 0);
      Future<ServerConnection> none = open(all.withServers(List.of(nobody, reading)));
      assertThatThrownBy(() -> await(none))
          .hasMessageContaining(nobody + " it cannot be reached")
          .hasMessageContaining(reading + " it takes no writes");
    }
  }

  private static Database as(Database database, String user) {
    return new Database(
        database.servers(),
        database.name(),
        user,
        database.password(),
        database.passwordFile(),
        database.sslMode(),
        database.rootCertificate(),
        database.limits(),
        database.citus());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void asksTheServerFirstThatWasGoodLast() throws IOException {
    // Given
    Server nobody = new Server("127.0.0.1", freePort());
    Server good = relay.database().servers().getFirst();
    var connector = new Connector(vertx, test.database().withServers(List.of(nobody, good)));
    await(connector.open(EventLoop.create(vertx), ConnectionUse.POOL));

    // When
    try (var late = new ServerSocket(nobody.port(), 1, InetAddress.getByName("127.0.0.1"))) {
      ServerConnection second = await(connector.open(EventLoop.create(vertx), ConnectionUse.POOL));

      // Then: the other one is not even tried, which would take connections and say nothing
      assertThat(second.server()).isEqualTo(good);
      late.setSoTimeout(1);
      assertThatThrownBy(late::accept).isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  @Test
  void saysAnOutageWhenItIsNotLetIn() throws IOException {
    // Given
    Database nobody = as(test.database(), "nobody_of_that_name");

    // When
    Future<ServerConnection> refused = open(nobody);

    // Then
    assertThatThrownBy(() -> await(refused))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE))
        .hasMessageContaining("SQLSTATE 28")
        .hasMessageContaining("user or password are refused");
  }

  @Test
  void saysAnOutageWhenThePasswordsFileIsMissing() throws IOException {
    // Given
    Path file = directory.resolve("password");
    Database filed = test.database().withPasswordFile(file);
    var connector = new Connector(vertx, filed);
    Future<ServerConnection> without = connector.open(EventLoop.create(vertx), ConnectionUse.POOL);
    assertThatThrownBy(() -> await(without))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());

    // When
    Files.writeString(file, test.database().password().orElse("any"));

    // Then
    await(connector.open(EventLoop.create(vertx), ConnectionUse.POOL)).close();
  }
}
