package io.sluice.store;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Tries whether a database can be used at all, and says for people why it cannot. */
public final class DatabaseProbe {
  private static final int MIN_MAJOR_VERSION = 15;

  private DatabaseProbe() {}

  /**
   * Connects once; blocks.
   *
   * @return what is wrong and what to look at, in one line without secrets; empty when nothing is
   */
  public static Optional<String> problem(Database database) {
    try (Connection connection = database.dataSource().getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      return version < MIN_MAJOR_VERSION
          ? Optional.of(
              "the database %s runs on PostgreSQL %d; Sluice needs %d or later"
                  .formatted(database, version, MIN_MAJOR_VERSION))
          : Optional.empty();
    } catch (SQLException e) {
      return Optional.of("the database " + database + explain(e));
    }
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
