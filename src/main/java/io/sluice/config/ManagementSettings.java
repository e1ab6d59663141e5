package io.sluice.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Health, metrics, administration.
 *
 * @param port 0 takes any free one
 * @param allowedHosts names, besides localhost and addresses, by which it may be called
 * @param adminToken empty where Sluice makes and keeps one
 */
public record ManagementSettings(
    String host, int port, Set<String> allowedHosts, Optional<String> adminToken) {
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
                "Names by which it may be called besides localhost, addresses and management.host,"
                    + " with commas between. A web page can lead a browser here by no other name.")
            .optional(
                "management.allowedHosts",
                "host names with commas between",
                ManagementSettings::names)
            .orElse(Set.of()),
        keys.about(
                "The bearer token of the administration. Not set: made at the first start and kept"
                    + " in the file admin-token of the data directory, readable by its owner only.")
            .secret(
                "management.adminToken",
                "a text of at least " + MIN_TOKEN_CHARS + " characters",
                ManagementSettings::token));
  }

  private static Set<String> names(String text) {
    if (!text.matches("[A-Za-z0-9._-]+(, *[A-Za-z0-9._-]+)*")) {
      throw new IllegalArgumentException();
    }
    return new TreeSet<>(List.of(text.split(", *")));
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
    return "ManagementSettings[host="
        + host
        + ", port="
        + port
        + ", allowedHosts="
        + allowedHosts
        + "]";
  }
}
