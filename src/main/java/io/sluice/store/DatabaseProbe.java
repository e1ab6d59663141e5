package io.sluice.store;

import io.vertx.pgclient.SslMode;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tries whether a database can be used at all, and says for people why it cannot. Once it can, what
 * its address left open is decided, and stays so: whether connections use TLS, and whether tables
 * may lie on several servers.
 */
public final class DatabaseProbe {
  private static final int MIN_MAJOR_VERSION = 15;
  private static final String STATE =
      "SELECT ssl, current_setting('transaction_read_only') = 'on',"
          + " EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')"
          + " FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  private DatabaseProbe() {}

  /** What a probe came to. */
  public sealed interface Result {
    /** It can be used, as this. */
    record Usable(Database database) implements Result {}

    /**
     * It cannot.
     *
     * @param problem what is wrong and what to look at, in one line without secrets
     * @param passing whether waiting may help
     */
    record Unusable(String problem, boolean passing) implements Result {}
  }

  /** Connects once, to see whether the books can be read and written; blocks. */
  public static Result forWriting(Database database) {
    return of(database, true);
  }

  /** Connects once, to see whether the books can be read; blocks. */
  public static Result forReading(Database database) {
    return of(database, false);
  }

  private static Result of(Database database, boolean writing) {
    try (Connection connection = database.dataSource().getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      return version < MIN_MAJOR_VERSION
          ? new Result.Unusable(
              "the database %s runs on PostgreSQL %d; Sluice needs %d or later"
                  .formatted(database, version, MIN_MAJOR_VERSION),
              false)
          : look(database, connection, writing);
    } catch (SQLException e) {
      return new Result.Unusable("the database " + database + explain(e), isPassing(e));
    } catch (StoreException e) {
      return new Result.Unusable(
          "the database " + database + " cannot be used: " + e.reason(), false);
    }
  }

  private static Result look(Database database, Connection connection, boolean writing)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet state = statement.executeQuery(STATE)) {
      state.next();
      if (writing && state.getBoolean(2)) {
        return new Result.Unusable(
            "the database " + database + " takes no writes: it is a standby, or set read-only",
            true);
      }
      SslMode found = state.getBoolean(1) ? SslMode.REQUIRE : SslMode.DISABLE;
      SslMode settled = Database.isToBeTried(database.sslMode()) ? found : database.sslMode();
      return new Result.Usable(database.withSslMode(settled).withCitus(state.getBoolean(3)));
    }
  }

  /** A server that is on its way, or that is not the primary yet. */
  private static boolean isPassing(SQLException failure) {
    return switch (SqlState.of(failure)) {
      case CONNECTION, SHUTDOWN, RESOURCES, READ_ONLY -> true;
      case LOGIN,
          NO_SUCH_DATABASE,
          UNIQUE_VIOLATION,
          SERIALIZATION_FAILURE,
          DEADLOCK,
          ROLLBACK,
          LOCK_TIMEOUT,
          CANCELED,
          OPERATOR,
          SYSTEM,
          IDLE_IN_TRANSACTION,
          FORBIDDEN,
          OTHER ->
          false;
    };
  }

  private static String explain(SQLException failure) {
    String reason = reason(failure);
    return switch (SqlState.of(failure)) {
      case LOGIN ->
          " refuses to let Sluice in: " + reason + "; check user and password of its address";
      case NO_SUCH_DATABASE ->
          " does not exist: " + reason + "; create it, or check the name in its address";
      case CONNECTION, SHUTDOWN ->
          " cannot be reached: "
              + reason
              + "; check that PostgreSQL runs there, and the address (database.url, "
              + DatabaseAddress.URL_VARIABLE
              + " or PGHOST and PGPORT)";
      case UNIQUE_VIOLATION,
          SERIALIZATION_FAILURE,
          DEADLOCK,
          ROLLBACK,
          LOCK_TIMEOUT,
          CANCELED,
          OPERATOR,
          RESOURCES,
          SYSTEM,
          IDLE_IN_TRANSACTION,
          READ_ONLY,
          FORBIDDEN,
          OTHER ->
          " cannot be used: " + reason;
    };
  }

  private static String reason(SQLException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String first = String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
    return root instanceof UnknownHostException ? "unknown host " + first : first;
  }
}
