package io.sluice.assembly;

import io.sluice.store.Database;
import io.sluice.store.DatabaseProbe;
import io.sluice.store.DatabaseProbe.Result;
import io.sluice.store.Migrations;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that a database can be used, and says for people why it cannot. Blocks. */
public final class DatabaseReadiness {
  private static final Logger log = LoggerFactory.getLogger(DatabaseReadiness.class);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private DatabaseReadiness() {}

  /**
   * Connects until it is found to take writes, for as long as its limits allow and waiting may
   * help. Those who use a database in earnest say less well why they cannot.
   *
   * @return the database, with what its address left open decided
   * @throws StartException when it cannot be reached, lets nobody in, takes no writes or is too old
   */
  static Database awaitWritable(Database database) {
    return await(database, DatabaseProbe::forWriting);
  }

  /**
   * Connects until it is found to answer, for as long as its limits allow and waiting may help.
   *
   * @return the database, with what its address left open decided
   * @throws StartException when it cannot be reached, lets nobody in or is too old
   */
  public static Database requireReadable(Database database) {
    return await(database, DatabaseProbe::forReading);
  }

  private static Database await(Database database, Function<Database, Result> probe) {
    long limitNanos = TimeUnit.MILLISECONDS.toNanos(database.limits().startTimeoutMs());
    long begun = System.nanoTime();
    boolean told = false;
    for (; ; ) {
      switch (probe.apply(database)) {
        case Result.Usable usable -> {
          return usable.database();
        }
        case Result.Unusable unusable -> {
          if (!unusable.passing() || System.nanoTime() - begun >= limitNanos) {
            throw new StartException(unusable.problem(), null);
          }
          if (!told) {
            log.warn(
                "{}; waiting for it, for {} ms at most",
                unusable.problem(),
                database.limits().startTimeoutMs());
            told = true;
          }
          LockSupport.parkNanos(RETRY_NANOS);
        }
      }
    }
  }

  /** Brings the schema up to date; returns its version. */
  public static String migrate(Database database) {
    try {
      return new Migrations(database).migrate();
    } catch (FlywayException e) {
      throw new StartException(
          "the database " + database + " cannot be migrated: " + firstLine(e), e);
    }
  }

  private static String firstLine(FlywayException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
