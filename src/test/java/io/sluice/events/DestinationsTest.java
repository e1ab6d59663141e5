package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.EventSettings;
import io.sluice.config.Networks;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
  private static final String PUBLIC = "93.184.216.34";
  private static final TenantId TENANT = new TenantId(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.216.34",
        "1.1.1.1",
        "100.63.255.255",
        "172.32.0.1",
        "192.1.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "64:ff9b::101:101"
      })
  void takesPublicAddresses(String address) {
    assertThat(objection("https://hooks.example.org/path?a=b", address)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "168.63.129.16",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void refusesWhatIsNotPublic(String address) {
    assertThat(objection("https://hooks.example.org", address))
        .contains("leads to an address that is not public");
  }

  @Test
  void refusesAHostOfWhichOneAddressIsPrivate() {
    assertThat(objection("https://hooks.example.org", PUBLIC, "10.0.0.1")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks.example.org",
        "http://hooks.example.org",
        "ftp://hooks.example.org",
        "https:///path",
        "https:hooks.example.org",
        "https://",
        "https://user@hooks.example.org",
        "https://user:secret@hooks.example.org",
        "https://hooks.example.org/#fragment",
        "https://hooks.example.org:0",
        "https://hooks.example.org:65536",
        "https://hooks example.org",
        "https://localhost",
        "https://LOCALHOST.",
        "https://a.localhost",
        "https://printer.local",
        "https://0177.0.0.1.",
        "https://127.1",
        "https://127.0.0.1%00.example.org",
        "https://hooks.example.org\\@127.0.0.1",
        "https://\u2460\u2461\u2466.0.0.1",
        "https://metadata.google.internal/",
        "https://[::1"
      })
  void refusesWhatIsNoAddressOfAPublicServer(String url) {
    assertThat(objection(url, PUBLIC)).isPresent();
  }

  @Test
  void refusesAHostThatIsNotFound() {
    // Given
    var destinations =
        new Destinations((asker, host) -> Future.failedFuture("unknown"), Networks.NONE);

    // When
    Optional<String> objection =
        Await.result(destinations.objection(TENANT, "https://example.org"));

    // Then
    assertThat(objection).contains("names a host that is not found");
  }

  @Test
  void opensNetworksThatTheOperatorAllowsAlsoWithoutTls() {
    // Given
    Networks allowed = allowed("10.1.0.0/16");

    // Then
    assertThat(objection(allowed, "http://localhost:8080/x", "10.1.2.3")).isEmpty();
    assertThat(objection(allowed, "https://hooks.internal", "10.1.2.3")).isEmpty();
    assertThat(objection(allowed, "https://hooks.example.org", PUBLIC)).isEmpty();
    assertThat(objection(allowed, "http://hooks.example.org", PUBLIC)).isPresent();
    assertThat(objection(allowed, "https://hooks.internal", PUBLIC)).isPresent();
    assertThat(objection(allowed, "https://hooks.example.org", "10.2.0.1")).isPresent();
  }

  @Test
  void looksAtAddressesThatAreWrittenOut() {
    // Given
    HostResolver literal =
        (asker, host) -> Future.succeededFuture(List.of(InetAddress.ofLiteral(host)));
    var destinations = new Destinations(literal, Networks.NONE);

    // Then
    assertThat(Await.result(destinations.objection(TENANT, "https://[::1]:8443/"))).isPresent();
    assertThat(Await.result(destinations.objection(TENANT, "https://127.0.0.1/"))).isPresent();
    assertThat(Await.result(destinations.objection(TENANT, "https://[2606:4700:4700::1111]/")))
        .isEmpty();
  }

  static Networks allowed(String networks) {
    return EventSettings.SECTION.of(Map.of("events.allowedNetworks", networks)).allowedNetworks();
  }

  private static Optional<String> objection(String url, String... addresses) {
    return objection(Networks.NONE, url, addresses);
  }

  private static Optional<String> objection(Networks allowed, String url, String... addresses) {
    List<InetAddress> known = Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
    var destinations = new Destinations((asker, host) -> Future.succeededFuture(known), allowed);
    return Await.result(destinations.objection(TENANT, url));
  }
}
