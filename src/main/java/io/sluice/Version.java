package io.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The version, from the build. */
final class Version implements CommandLine.IVersionProvider {
  private static final String RESOURCE = "/sluice.version";

  static String text() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Sluice " + text(), "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
