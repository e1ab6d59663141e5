package io.sluice.assembly;

import io.sluice.store.Database;
import io.sluice.store.DatabaseProbe;
import io.sluice.store.DatabaseProbe.Result;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.Migrations;
import io.sluice.store.SqlState;
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
  static DatabaseRoles awaitWritable(DatabaseRoles roles) {
    return roles.map(database -> awaitWritable(database));
  }

  static Database awaitWritable(Database database) {
    return await(database, DatabaseProbe::forWriting);
  }

  /**
   * Connects until it is found to answer, for as long as its limits allow and waiting may help.
   *
   * @return the database, with what its address left open decided
   * @throws StartException when it cannot be reached, lets nobody in or is too old
   */
  public static DatabaseRoles requireReadable(DatabaseRoles roles) {
    return roles.map(database -> await(database, DatabaseProbe::forReading));
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

  /** Brings the schema and the rights of the role that serves up to date; returns its version. */
  public static String migrate(DatabaseRoles roles) {
    return migrate(roles, Progress.SHOWN);
  }

  static String migrate(DatabaseRoles roles, Progress progress) {
    try {
      return progress.during("bring the schema up to date", new Migrations(roles)::migrate);
    } catch (FlywayException e) {
      Throwable root = rootOf(e);
      String advice =
          SqlState.of(root) == SqlState.FORBIDDEN
              ? "; run migrate with database.migrate.url, the role that owns the schema"
              : "";
      throw new StartException(
          "the database " + roles.owner() + " cannot be migrated: " + firstLine(root) + advice, e);
    } catch (IllegalStateException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
