package io.sluice.assembly;

import io.sluice.dialect.Dialect;
import io.sluice.dialect.FirstTransfer;
import io.sluice.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A gateway that has started.
 *
 * @param baseUrl how clients reach it, without a slash at the end
 * @param managementUrl how its operator does
 * @param embedded whether the database is Sluice's own
 * @param schema the version of the database's schema
 * @param demonstrations what to print of the demo; empty without one
 * @param startTime from the JVM's start until it answered
 */
public record Running(
    Assembly assembly,
    String baseUrl,
    String managementUrl,
    Database database,
    boolean embedded,
    String schema,
    List<DemoCall> demonstrations,
    Duration startTime) {
  /**
   * One dialect's part of the demo.
   *
   * @param title the provider and what is called
   * @param first empty where it could not be set up
   * @param text for a shell, or why there is none
   */
  public record DemoCall(String dialect, String title, Optional<FirstTransfer> first, String text) {
    static DemoCall of(Dialect dialect, FirstTransfer first) {
      return new DemoCall(dialect.name(), dialect.title(), Optional.of(first), first.text());
    }

    static DemoCall none(Dialect dialect, Throwable failure) {
      String why = "# not set up: " + failure.getMessage();
      return new DemoCall(dialect.name(), dialect.title(), Optional.empty(), why);
    }

    @Override
    public String toString() {
      return "DemoCall[dialect=" + dialect + "]";
    }
  }
}
