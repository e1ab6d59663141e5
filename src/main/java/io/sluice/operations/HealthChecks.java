package io.sluice.operations;

import io.sluice.store.Migrations;
import io.sluice.store.Pools;
import io.sluice.store.WriteProbe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The checks that every gateway has. */
public final class HealthChecks {
  private HealthChecks() {}

  /** The database takes writes. */
  public static HealthCheck database(Pools pools) {
    return new HealthCheck("database", () -> WriteProbe.run(pools).map(done -> "takes writes"));
  }

  /**
   * The database's schema is this version's. Migrations never come undone, so what was found once
   * is not looked at again.
   */
  public static HealthCheck migrations(Vertx vertx, Migrations migrations) {
    AtomicReference<String> applied = new AtomicReference<>("");
    return new HealthCheck(
        "migrations",
        () ->
            applied.get().isEmpty()
                ? vertx.executeBlocking(() -> version(migrations)).onSuccess(applied::set)
                : Future.succeededFuture(applied.get()));
  }

  /**
   * The pipeline's connections are there. One is enough to go on; none is not.
   *
   * @param connected how many are connected now
   */
  public static HealthCheck lanes(IntSupplier connected) {
    return new HealthCheck(
        "lanes",
        () -> {
          int lanes = connected.getAsInt();
          return lanes > 0
              ? Future.succeededFuture(lanes + " connected")
              : Future.failedFuture(new CheckFailed("no lane is connected"));
        });
  }

  /**
   * No transfer has failed for what the database lacks since one was committed.
   *
   * @param lacking what was found, in words for people
   */
  public static HealthCheck transfers(Supplier<Optional<String>> lacking) {
    return new HealthCheck(
        "transfers",
        () ->
            lacking
                .get()
                .map(what -> Future.<String>failedFuture(new CheckFailed(what)))
                .orElseGet(() -> Future.succeededFuture("nothing is lacking")));
  }

  private static String version(Migrations migrations) {
    List<String> pending = migrations.pending();
    if (!pending.isEmpty()) {
      throw new CheckFailed("not applied yet: " + String.join(", ", pending));
    }
    return "at version " + migrations.current().orElse("none");
  }
}
