package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.X509Bundle;
import io.sluice.config.TlsSettings;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.RawClient;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a port serves over TLS, what it shows, and how that is changed while it runs. */
class TlsTest extends ToyGateway {
  private static final String GET = "GET /toy/a HTTP/1.1\r\nHost: x\r\n\r\n";

  private final TestAuthority authority = new TestAuthority();
  private final X509Bundle first = authority.server();
  private Map<String, String> changes = Map.of();

  @TempDir private Path directory;

  /** With the files {@code tls.crt} and {@code tls.key} in a directory, looked at all the time. */
  static TlsSettings settings(Path directory, Map<String, String> changes) {
    Map<String, String> values = new HashMap<>();
    values.put("http.tls.certificateFile", directory.resolve("tls.crt").toString());
    values.put("http.tls.keyFile", directory.resolve("tls.key").toString());
    values.put("http.tls.reloadIntervalMs", "100");
    values.putAll(changes);
    return TlsSettings.HTTP.of(values);
  }

  @Override
  TlsSettings tls() {
    if (Files.notExists(directory.resolve("tls.crt"))) {
      TestAuthority.write(directory, first);
    }
    return settings(directory, changes);
  }

  private RawClient connect(SSLContext context) {
    return RawClient.tls(gateway.port(), context);
  }

  private void restartTls(Map<String, String> tls) {
    changes = tls;
    restart(Map.of());
  }

  private boolean shows(X509Bundle bundle) {
    try (RawClient raw = connect(authority.trusted())) {
      return raw.shown().equals(bundle.getCertificate());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void servesClientsOfEachVersion(String version) {
    try (RawClient raw = connect(authority.trusted(version))) {
      // When / Then
      assertThat(raw.send(GET).read().status()).isEqualTo(200);
      assertThat(raw.send(GET.repeat(2)).read().status()).isEqualTo(200);
    }
  }

  @Test
  void refusesOlderVersionsThanTheConfiguredOne() {
    // Given
    restartTls(Map.of("http.tls.minVersion", "1.3"));

    // When
    var refusal = assertThatThrownBy(() -> connect(authority.trusted("TLSv1.2")));

    // Then
    refusal.isInstanceOf(UncheckedIOException.class).hasCauseInstanceOf(SSLException.class);
    Waiting.until(() -> cuts(Cut.HANDSHAKE) == 1);
  }

  @Test
  void hangsUpOnAClientThatSpeaksNoTls() {
    try (RawClient plain = new RawClient(gateway.port())) {
      // When
      String answer = plain.send(GET).readToEnd();

      // Then
      assertThat(answer).doesNotContain("HTTP");
      Waiting.until(() -> cuts(Cut.HANDSHAKE) == 1);
      assertThat(toy.handled).hasValue(0);
    }
  }

  @Test
  void hangsUpOnAClientThatSaysNothing() {
    // Given
    restart(Map.of("http.headerTimeoutMs", "100"));

    try (RawClient silent = new RawClient(gateway.port())) {
      // When
      boolean hungUp = silent.isHungUp();

      // Then
      assertThat(hungUp).isTrue();
      Waiting.until(() -> cuts(Cut.HANDSHAKE) == 1);
    }
  }

  @Test
  void answersWhatWasAskedBeforeTheClientSaysThatNothingMoreComes() {
    try (RawClient raw = connect(authority.trusted())) {
      // When
      raw.send(GET).endOutput();

      // Then
      assertThat(raw.read().status()).isEqualTo(200);
      assertThat(raw.isHungUp()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, true", "TLSv1.3, true", "TLSv1.2, false", "TLSv1.3, false"})
  void servesOnlyThoseWhoShowACertificateOfAKnownAuthority(String version, boolean known) {
    // Given
    Path ca = authority.write(directory.resolve("ca.crt"));
    restartTls(
        Map.of(
            "http.tls.clientCaFile", ca.toString(), "http.tls.minVersion", version.substring(4)));
    X509Bundle client = (known ? authority : new TestAuthority()).client();

    // When / Then
    if (known) {
      try (RawClient raw = connect(authority.trustedBy(client, version))) {
        assertThat(raw.send(GET).read().status()).isEqualTo(200);
      }
    } else {
      assertThatThrownBy(() -> exchange(authority.trustedBy(client, version)))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> exchange(authority.trusted(version)))
          .isInstanceOf(UncheckedIOException.class);
      Waiting.until(() -> cuts(Cut.HANDSHAKE) == 2);
      assertThat(toy.handled).hasValue(0);
    }
  }

  /** In TLS 1.3 a client learns after its first message that it is refused. */
  private void exchange(SSLContext context) {
    try (RawClient raw = connect(context)) {
      raw.send(GET).read();
    }
  }

  @Test
  void showsNewConnectionsANewCertificateWhileEarlierOnesGoOn() {
    // Given
    Instant end = Instant.now().plus(7, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    X509Bundle second = authority.server(end);

    try (RawClient earlier = connect(authority.trusted());
        CapturedLog log = CapturedLog.of(TlsRenewal.class)) {
      assertThat(earlier.send(GET).read().status()).isEqualTo(200);
      // When
      TestAuthority.write(directory, second);

      // Then
      Waiting.until(() -> shows(second));
      assertThat(earlier.send(GET).read().status()).isEqualTo(200);
      assertThat(earlier.shown()).isEqualTo(first.getCertificate());
      Waiting.until(() -> gauge("sluice.tls.certificate.end") == end.getEpochSecond());
      assertThat(text(log)).containsOnlyOnce("shows another certificate");
    }
  }

  /** As Kubernetes changes what it mounts: a link to the directory of all files is replaced. */
  @Test
  void followsLinks() throws IOException {
    // Given
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    Path one = Files.createDirectory(mounted.resolve("..one"));
    Path two = Files.createDirectory(mounted.resolve("..two"));
    X509Bundle second = authority.server();
    TestAuthority.write(one, first);
    TestAuthority.write(two, second);
    Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..one"));
    Files.createSymbolicLink(mounted.resolve("tls.crt"), Path.of("..data/tls.crt"));
    Files.createSymbolicLink(mounted.resolve("tls.key"), Path.of("..data/tls.key"));
    restartTls(
        Map.of(
            "http.tls.certificateFile", mounted.resolve("tls.crt").toString(),
            "http.tls.keyFile", mounted.resolve("tls.key").toString()));
    assertThat(shows(first)).isTrue();

    // When
    Files.createSymbolicLink(mounted.resolve("..data_tmp"), Path.of("..two"));
    Files.move(
        mounted.resolve("..data_tmp"), mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

    // Then
    Waiting.until(() -> shows(second));
  }

  @Test
  void goesOnWithTheEarlierCertificateWhileTheNewOneIsOfNoUse() {
    // Given
    X509Bundle second = authority.server();

    try (CapturedLog log = CapturedLog.of(TlsRenewal.class)) {
      // When
      TestAuthority.write(directory.resolve("tls.crt"), second.getCertificatePathPEM());

      // Then
      Waiting.until(() -> gauge("sluice.tls.files.refused") == 1);
      assertThat(shows(first)).isTrue();
      assertThat(text(log))
          .containsOnlyOnce("goes on with its earlier certificate")
          .contains(directory.resolve("tls.key") + " is of no use")
          .doesNotContain("PRIVATE KEY");
      TestAuthority.write(directory.resolve("tls.key"), second.getPrivateKeyPEM());
      Waiting.until(() -> shows(second));
      Waiting.until(() -> gauge("sluice.tls.files.refused") == 0);
    }
  }

  @Test
  void doesNotStartWithAKeyThatOthersMayRead() throws IOException {
    // Given
    Path key = directory.resolve("tls.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

    // When
    var refusal = assertThatThrownBy(this::startAnother);

    // Then
    refusal.hasMessageContaining("chmod 600 " + key).hasMessageNotContaining("BEGIN");
  }

  @Test
  void doesNotStartWithAnothersKey() throws IOException {
    // Given
    Files.writeString(directory.resolve("tls.key"), authority.server().getPrivateKeyPEM());

    // When
    var refusal = assertThatThrownBy(this::startAnother);

    // Then
    refusal.hasMessageContaining("not that of the first certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key", "ca.crt"})
  void doesNotStartWithAFileThatIsNotWhatItShouldBe(String name) throws IOException {
    // Given
    authority.write(directory.resolve("ca.crt"));
    changes = Map.of("http.tls.clientCaFile", directory.resolve("ca.crt").toString());
    Files.writeString(directory.resolve(name), "very secret");

    // When
    var refusal = assertThatThrownBy(this::startAnother);

    // Then
    refusal
        .hasMessageContaining(directory.resolve(name).toString())
        .hasMessageContaining("PEM")
        .hasMessageNotContaining("very secret");
  }

  @Test
  void makesNoMoreAnswersForAClientThatReadsNoneAndCutsItInTime() {
    // Given
    restart(Map.of());

    try (RawClient raw = connect(authority.trusted())) {
      raw.send("GET /toy/a/big HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100));
      Waiting.until(() -> gauge("sluice.http.unread") == 1);
      assertThat(toy.handled.get()).isBetween(1, 50);
      // When
      Waiting.until(
          () -> {
            passDeadline();
            return cuts(Cut.WRITE) == 1;
          });

      // Then
      Waiting.until(() -> gauge("sluice.http.connections") == 0);
      Waiting.until(() -> gauge("sluice.http.held.bytes") == 0);
    }
  }

  @Test
  void countsWhatIsNoRequestYet() {
    try (RawClient raw = connect(authority.trusted())) {
      // When
      raw.send("GET /toy/a HTTP/1.1\r\nX-Long: " + "y".repeat(10_000));

      // Then
      Waiting.until(() -> gauge("sluice.http.held.bytes") > 10_000);
    }
  }

  private static String text(CapturedLog log) {
    return log.lines().stream()
        .map(ILoggingEvent::getFormattedMessage)
        .collect(Collectors.joining("\n"));
  }

  private void startAnother() {
    Await.result(
        Gateway.start(
            vertx,
            new Port("http", SETTINGS, tls(), hosts()),
            List.of(toy),
            new SimpleMeterRegistry()));
  }
}
