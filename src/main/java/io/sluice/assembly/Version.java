package io.sluice.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version, from the build. */
public final class Version {
  private static final String RESOURCE = "/sluice.version";

  private Version() {}

  /** Such as {@code 0.1.0}; {@code unknown} without a build. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code --version} prints. */
  public static String page() {
    return "Sluice %s%nJava %s on %s%n"
        .formatted(text(), Runtime.version(), System.getProperty("os.name"));
  }
}
