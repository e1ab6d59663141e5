package io.sluice.config;

import java.util.Optional;

/**
 * Health, metrics, administration.
 *
 * @param port 0 takes any free one
 * @param adminToken empty where Sluice makes and keeps one
 */
public record ManagementSettings(String host, int port, Optional<String> adminToken) {
  /** Whoever reaches the port can try tokens, so short ones are refused. */
  public static final int MIN_TOKEN_CHARS = 16;

  public static final Section<ManagementSettings> SECTION = new Section<>(ManagementSettings::read);

  private static ManagementSettings read(Keys keys) {
    return new ManagementSettings(
        keys.about("Where health, metrics and administration listen. Never open it to clients.")
            .text("management.host", "127.0.0.1"),
        keys.about("Their port. 0 takes any free one.")
            .integer("management.port", 9090, 0, Bounds.MAX_PORT),
        keys.about(
                "The bearer token of the administration. Not set: made at the first start and kept"
                    + " in the file admin-token of the data directory, readable by its owner only.")
            .secret(
                "management.adminToken",
                "a text of at least " + MIN_TOKEN_CHARS + " characters",
                ManagementSettings::token));
  }

  private static String token(String text) {
    if (text.length() < MIN_TOKEN_CHARS) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ManagementSettings[host=" + host + ", port=" + port + "]";
  }
}
