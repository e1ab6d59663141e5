package io.sluice.gateway;

import io.sluice.loop.LastingBytes;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** What is served as it is packaged: read when the gateway starts, then in memory. */
final class Resources {
  private static final String SWAGGER_UI = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

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
  static Buffer get(String path) {
    return find(path).orElseThrow(() -> new IllegalStateException(path + " is not packaged"));
  }

  /** A file of Swagger UI, whose folder is named by its version. */
  static Buffer ofSwaggerUi(String name) {
    var about = new Properties();
    try (InputStream in = Resources.class.getResourceAsStream(SWAGGER_UI)) {
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = about.getProperty("version");
    return get("/META-INF/resources/webjars/swagger-ui/" + version + "/" + name);
  }
}
