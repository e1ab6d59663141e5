package io.sluice.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How this program's own commands reach the management port of a gateway that runs.
 *
 * @param caFile whom they trust to say who the gateway is, as PEM; empty for Java's own authorities
 * @param serverName that the gateway's certificate must have; empty for that of the address
 * @param certificateFile what they show themselves, as PEM; empty for nothing
 * @param keyFile its private key, as PEM
 */
public record ManagementClientSettings(
    Optional<Path> caFile,
    Optional<String> serverName,
    Optional<Path> certificateFile,
    Optional<Path> keyFile) {
  /** The key that says whom to trust, which an option of the commands sets too. */
  public static final String CA_FILE = "management.client.caFile";

  public static final Section<ManagementClientSettings> SECTION =
      new Section<>(ManagementClientSettings::read);

  private static ManagementClientSettings read(Keys keys) {
    return new ManagementClientSettings(
        keys.about(
                "The authorities, as PEM, that Sluice's own commands trust when they ask the"
                    + " management port. Set, they speak TLS, and so they do where management.tls"
                    + " is set.")
            .optional(CA_FILE, "a path", Path::of),
        keys.about(
                "The name that the gateway's certificate must have for them. Not set: that of"
                    + " management.host.")
            .optional(
                "management.client.serverName", "a host name", ManagementClientSettings::name),
        keys.about(
                "The certificate that they show, as PEM, where management.tls.clientCaFile asks.")
            .optional("management.client.certificateFile", "a path", Path::of),
        keys.about("Its private key, as PEM, in a file that nobody else may read.")
            .optional("management.client.keyFile", "a path", Path::of));
  }

  private static String name(String text) {
    if (!text.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** Whether a certificate has its key. */
  boolean isWhole() {
    return certificateFile.isPresent() == keyFile.isPresent();
  }
}
