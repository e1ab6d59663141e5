package io.sluice.gateway;

import io.sluice.loop.LastingBytes;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** What is served as it is packaged: read when the gateway starts, then in memory. */
public final class Resources {
  private Resources() {}

  /** A file of the class path; empty when there is none. */
  static Optional<Buffer> find(String path) {
    try (InputStream in = Resources.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(LastingBytes.of(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that is packaged in any case. */
  public static Buffer get(String path) {
    return find(path).orElseThrow(() -> new IllegalStateException(path + " is not packaged"));
  }

  /**
   * A file of a webjar, whose folder is named by its version.
   *
   * @param group in which Maven has it
   * @param name the artifact's, and the folder's
   */
  public static Buffer ofWebjar(String group, String name, String file) {
    var about = new Properties();
    Buffer properties = get("/META-INF/maven/" + group + "/" + name + "/pom.properties");
    try {
      about.load(new StringReader(properties.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = about.getProperty("version");
    return get("/META-INF/resources/webjars/" + name + "/" + version + "/" + file);
  }
}
