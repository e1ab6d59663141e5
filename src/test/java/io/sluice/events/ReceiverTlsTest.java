package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.dialect.Courier;
import io.sluice.dialect.Courier.Message;
import io.sluice.ledger.TenantId;
import io.sluice.store.events.Delivery.Answer;
import io.sluice.store.events.Endpoint;
import io.sluice.store.events.EndpointStatus;
import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address is the one that was looked at, the name is the one that the receiver must prove. */
class ReceiverTlsTest {
  private static final String NAME = "hooks.example.org";
  private static final String PASSWORD = "only for this test";

  @TempDir private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private Receiver receiver;
  private HttpClientOptions trusting;

  private record Unsigned(Duration timeout) implements Courier {
    @Override
    public Optional<Duration> pauseAfter(int attempts) {
      return Optional.empty();
    }

    @Override
    public Future<Map<String, String>> headers(Message message) {
      return Future.succeededFuture(Map.of());
    }
  }

  @BeforeEach
  void makeACertificate() throws Exception {
    Path store = directory.resolve("receiver.p12");
    Path certificate = directory.resolve("receiver.pem");
    keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=dns:" + NAME);
    keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
    receiver =
        Receiver.start(
            vertx,
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                    new PfxOptions().setPath(store.toString()).setPassword(PASSWORD)));
    trusting =
        new HttpClientOptions()
            .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
  }

  private void keytool(Path store, String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "test", "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", store.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void connectsToTheAddressThatWasFoundAndAsksForTheName() {
    // When
    Answer answer = send(NAME, trusting);

    // Then
    assertThat(answer.status()).contains(204);
    assertThat(receiver.heard().getFirst().headers().get("Host"))
        .isEqualTo(NAME + ":" + receiver.port());
  }

  @Test
  void tellsNothingToWhomHasAnothersCertificate() {
    // When
    Answer answer = send("other.example.org", trusting);

    // Then
    assertThat(answer.errorCode()).contains("consumer_tls_failed");
    assertThat(receiver.heard()).isEmpty();
  }

  @Test
  void tellsNothingToWhomNoAuthorityKnows() {
    // When
    Answer answer = send(NAME, new HttpClientOptions());

    // Then
    assertThat(answer.errorCode()).contains("consumer_tls_failed");
    assertThat(receiver.heard()).isEmpty();
  }

  private Answer send(String host, HttpClientOptions tls) {
    HostResolver resolver =
        (asker, name) -> Future.succeededFuture(List.of(InetAddress.ofLiteral("127.0.0.1")));
    var destinations = new Destinations(resolver, DestinationsTest.allowed("127.0.0.1/32"));
    var sender = new Sender(vertx, destinations, tls, 1, new SimpleMeterRegistry());
    var now = Instant.parse("2026-01-01T00:00:00Z");
    var endpoint =
        new Endpoint(
            new TenantId(1),
            UUID.randomUUID(),
            "test",
            EndpointStatus.ACTIVE,
            "https://" + host + ":" + receiver.port() + "/",
            List.of(Endpoint.ALL_TYPES),
            Optional.empty(),
            "{}",
            now,
            now);
    var message = new Message(endpoint, UUID.randomUUID(), Buffer.buffer("{}"), now);
    return Await.result(sender.send(new Unsigned(Patience.LIMIT), message));
  }
}
