package io.sluice.gateway;

import io.sluice.access.TlsAuthorities;
import io.sluice.access.TlsIdentity;
import io.sluice.config.TlsSettings;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a port shows and asks for in TLS. Clients without TLS, and those without a certificate that
 * they need, do not get as far as HTTP.
 *
 * @param authorities of one of which clients must show a certificate; empty where they need none
 * @param versions of TLS that are spoken
 */
record Tls(TlsIdentity identity, Optional<TlsAuthorities> authorities, Set<String> versions) {
  private static final List<String> VERSIONS = List.of("1.2", "1.3");

  /**
   * Reads the files of a port that speaks TLS. Blocks.
   *
   * @throws IllegalArgumentException when a file is of no use; the message says what to do
   */
  static Tls read(TlsSettings settings) {
    return new Tls(
        TlsIdentity.read(
            settings.certificateFile().orElseThrow(), settings.keyFile().orElseThrow()),
        settings.clientCaFile().map(TlsAuthorities::read),
        versions(settings.minVersion()));
  }

  private static Set<String> versions(String least) {
    Set<String> versions = new LinkedHashSet<>();
    VERSIONS.stream()
        .filter(version -> version.compareTo(least) >= 0)
        .forEach(version -> versions.add("TLSv" + version));
    return versions;
  }

  /** Lets a server show and ask for it. */
  HttpServerOptions on(HttpServerOptions server) {
    server
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(identity.keys()))
        .setEnabledSecureTransportProtocols(versions);
    authorities.ifPresent(
        known ->
            server
                .setTrustOptions(TrustOptions.wrap(known.trust()))
                .setClientAuth(ClientAuth.REQUIRED));
    return server;
  }

  /** When the certificate ends that is shown. */
  Instant end() {
    return identity.end();
  }
}
