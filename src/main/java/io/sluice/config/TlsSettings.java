package io.sluice.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a port speaks TLS, and what it shows and asks for there.
 *
 * @param certificateFile a chain, as PEM; empty where the port speaks plain HTTP
 * @param keyFile the private key of the chain's first certificate, as PEM
 * @param clientCaFile whose certificates clients must show; empty where they need none
 * @param minVersion 1.2 or 1.3
 * @param reloadIntervalMs between two looks whether the files have changed
 */
public record TlsSettings(
    Optional<Path> certificateFile,
    Optional<Path> keyFile,
    Optional<Path> clientCaFile,
    String minVersion,
    int reloadIntervalMs) {
  private static final String A_PATH = "a path";

  /** Of the port of the providers' APIs. */
  public static final Section<TlsSettings> HTTP = section("http.tls.");

  /** Of the management port. */
  public static final Section<TlsSettings> MANAGEMENT = section("management.tls.");

  private static Section<TlsSettings> section(String prefix) {
    return new Section<>(keys -> read(keys, prefix));
  }

  private static TlsSettings read(Keys keys, String prefix) {
    return new TlsSettings(
        keys.about(
                "The certificate that the port shows, as PEM, with those between it and its"
                    + " authority after it. Set, the port speaks TLS and nothing else.")
            .optional(prefix + "certificateFile", A_PATH, Path::of),
        keys.about("Its private key, as PEM, in a file that nobody else may read.")
            .optional(prefix + "keyFile", A_PATH, Path::of),
        keys.about(
                "The authorities, as PEM, of one of which every client must show a certificate. Not"
                    + " set: clients show none.")
            .optional(prefix + "clientCaFile", A_PATH, Path::of),
        keys.about("The oldest version of TLS that is spoken.")
            .matching(prefix + "minVersion", "1.2", "1\\.[23]", "1.2 or 1.3"),
        keys.about(
                "How often these files are looked at, in milliseconds. New connections are shown"
                    + " what has changed; where that is of no use, what there was before.")
            .integer(prefix + "reloadIntervalMs", 10_000, 100, Bounds.DAY_MS));
  }

  /** Whether the port speaks TLS. */
  public boolean isOn() {
    return certificateFile.isPresent();
  }

  /** {@code https} or {@code http}. */
  public String scheme() {
    return isOn() ? "https" : "http";
  }

  /** What is set but means nothing alone. */
  List<String> problems(String port) {
    List<String> problems = new ArrayList<>();
    if (certificateFile.isPresent() != keyFile.isPresent()) {
      problems.add(
          "%s.tls.certificateFile and %s.tls.keyFile need each other".formatted(port, port));
    }
    if (clientCaFile.isPresent() && !isOn()) {
      problems.add(
          "%s.tls.clientCaFile needs %s.tls.certificateFile: without TLS clients show none"
              .formatted(port, port));
    }
    return problems;
  }
}
