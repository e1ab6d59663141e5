package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The published schema of log lines and audit records. */
public final class LogSchema {
  private static final Schema SCHEMA = read();

  private LogSchema() {}

  private static Schema read() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(
              Files.readString(Path.of("src/main/resources/log.schema.json")), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless a text is one line of JSON that the schema allows. */
  public static void assertFits(String line) {
    assertThat(line.strip()).startsWith("{").endsWith("}").doesNotContain("\n");
    assertThat(SCHEMA.validate(line, InputFormat.JSON)).as(line).isEmpty();
  }
}
