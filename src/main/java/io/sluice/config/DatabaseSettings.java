package io.sluice.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which PostgreSQL, and what may be asked of it.
 *
 * @param url empty where the environment names one, or Sluice's own is meant
 * @param migrateUrl the same database through the role that owns its schema; empty where one role
 *     does everything
 * @param passwordFile holds the password in place of the one in the address
 * @param embeddedPort of Sluice's own; 0 takes any free one and keeps it
 * @param embeddedSharedBuffers of Sluice's own, as PostgreSQL writes it, such as {@code 256MB}
 */
public record DatabaseSettings(
    Optional<String> url,
    Optional<String> migrateUrl,
    Optional<Path> passwordFile,
    DatabaseLimits limits,
    int embeddedPort,
    String embeddedSharedBuffers) {
  public static final Section<DatabaseSettings> SECTION = new Section<>(DatabaseSettings::read);

  private static DatabaseSettings read(Keys keys) {
    return new DatabaseSettings(
        keys.about(
                "The PostgreSQL (15 or later) that holds the ledger. Not set: what DATABASE_URL or"
                    + " the PG* variables name, else a PostgreSQL of Sluice's own in the data"
                    + " directory.")
            .secret(
                "database.url",
                "postgresql://user:password@host:port/database?sslmode=require",
                url -> url),
        keys.about(
                "The same database with the role that owns the schema. Set, migrations use it, and"
                    + " give the role of database.url the rights to serve and no others. Not set:"
                    + " one role does everything.")
            .secret(
                "database.migrate.url",
                "postgresql://user:password@host:port/database?sslmode=require",
                url -> url),
        keys.about(
                "A file that holds the password of the database's user, in place of the one in its"
                    + " address. It is read for every connection, so that the password can be"
                    + " changed while the gateway runs.")
            .optional("database.passwordFile", "a path", Path::of),
        DatabaseLimits.read(keys),
        keys.about(
                "The port of Sluice's own PostgreSQL on 127.0.0.1. 0 takes any free one and keeps"
                    + " it.")
            .integer("database.embedded.port", 0, 0, Bounds.MAX_PORT),
        keys.about(
                "The memory that Sluice's own PostgreSQL caches tables in, as PostgreSQL writes"
                    + " it.")
            .text("database.embedded.sharedBuffers", "256MB"));
  }

  /** Without the URLs, which may hold passwords. */
  @Override
  public String toString() {
    return "DatabaseSettings[limits=" + limits + ", embeddedPort=" + embeddedPort + "]";
  }
}
