package io.sluice.store;

import io.sluice.config.DatabaseLimits;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to reach one PostgreSQL database. {@link DatabaseAddress} reads it from a URL or from the
 * environment.
 *
 * @param servers where it may be, at least one; it is used where it takes writes
 * @param password empty where the server asks for none
 * @param passwordFile holds the password instead, read for each connection; empty for none
 * @param rootCertificate the PEM file that {@code verify-ca} and {@code verify-full} trust
 * @param citus whether the database has the extension Citus, which {@link DatabaseProbe} finds out
 */
public record Database(
    List<Server> servers,
    String name,
    String user,
    Optional<String> password,
    Optional<Path> passwordFile,
    SslMode sslMode,
    Optional<String> rootCertificate,
    DatabaseLimits limits,
    boolean citus) {
  /** Statements that one connection sends before the first answer must have arrived. */
  private static final int PIPELINING_LIMIT = 64;

  private static final int PREPARED_STATEMENTS = 512;

  /** The client's own limit of 2,048 characters would leave the pipeline's statements uncached. */
  private static final int PREPARED_STATEMENT_CHARACTERS = 65_536;

  private static final String ISOLATION = "read committed";

  /**
   * What a role or a database may have as defaults of its own and the code takes for granted. The
   * server's probes find out when this process is gone, and keep firewalls from forgetting idle
   * connections. Whether a session only reads is left as it is: managed services fence a full disk
   * off like that.
   */
  private static final Map<String, String> SESSION =
      Map.of(
          "TimeZone", "UTC",
          "jit", "off",
          "default_transaction_isolation", ISOLATION,
          "default_transaction_deferrable", "off",
          "idle_session_timeout", "0",
          "tcp_keepalives_idle", "30",
          "tcp_keepalives_interval", "5",
          "tcp_keepalives_count", "3");

  public Database {
    servers = List.copyOf(servers);
    if (rootCertificate.isEmpty() && verifies(sslMode)) {
      throw new IllegalArgumentException(
          "sslmode="
              + sslModeName(sslMode)
              + " needs sslrootcert, a file with the trusted certificate");
    }
  }

  /** A database on one server, with a password that stays. */
  public Database(
      String host,
      int port,
      String name,
      String user,
      Optional<String> password,
      SslMode sslMode,
      Optional<String> rootCertificate,
      DatabaseLimits limits) {
    this(
        List.of(new Server(host, port)),
        name,
        user,
        password,
        Optional.empty(),
        sslMode,
        rootCertificate,
        limits,
        false);
  }

  /** The first server's. */
  public String host() {
    return servers.getFirst().host();
  }

  /** The first server's. */
  public int port() {
    return servers.getFirst().port();
  }

  /** The same server's other database. */
  public Database withName(String otherName) {
    return new Database(
        servers, otherName, user, password, passwordFile, sslMode, rootCertificate, limits, citus);
  }

  /** The same with or without TLS. */
  public Database withSslMode(SslMode other) {
    return new Database(
        servers, name, user, password, passwordFile, other, rootCertificate, limits, citus);
  }

  /** The same at other servers. */
  public Database withServers(List<Server> others) {
    return new Database(
        others, name, user, password, passwordFile, sslMode, rootCertificate, limits, citus);
  }

  /** The same, whose password is what a file holds. */
  public Database withPasswordFile(Path file) {
    return new Database(
        servers, name, user, password, Optional.of(file), sslMode, rootCertificate, limits, citus);
  }

  /** The same with other limits. */
  public Database withLimits(DatabaseLimits others) {
    return new Database(
        servers, name, user, password, passwordFile, sslMode, rootCertificate, others, citus);
  }

  /** The same, as it was found with or without Citus. */
  public Database withCitus(boolean found) {
    return new Database(
        servers, name, user, password, passwordFile, sslMode, rootCertificate, limits, found);
  }

  /**
   * The password as it is now; blocks.
   *
   * @throws StoreException when its file cannot be read
   */
  Optional<String> currentPassword() {
    if (passwordFile.isEmpty()) {
      return password;
    }
    try {
      return Optional.of(Files.readString(passwordFile.get()).strip());
    } catch (IOException e) {
      throw StoreException.unavailable(
          "the password's file " + passwordFile.get() + " is not readable");
    }
  }

  /** The address for JDBC, without credentials. */
  public String jdbcUrl() {
    String url =
        "jdbc:postgresql://"
            + addresses()
            + "/"
            + encode(name)
            + "?targetServerType=preferPrimary&sslmode="
            + sslModeName(sslMode);
    return rootCertificate.map(file -> url + "&sslrootcert=" + encode(file)).orElse(url);
  }

  /** Plain JDBC connections, unpooled, for what blocks: migrations and the embedded server. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(user);
    currentPassword().ifPresent(source::setPassword);
    source.setConnectTimeout(
        (int) Math.ceilDiv(limits.connectTimeoutMs(), TimeUnit.SECONDS.toMillis(1)));
    source.setApplicationName("sluice-jdbc");
    source.setOptions("-c default_transaction_isolation=" + ISOLATION.replace(" ", "\\ "));
    return source;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "postgresql://"
        + user
        + "@"
        + addresses()
        + "/"
        + name
        + "?sslmode="
        + sslModeName(sslMode);
  }

  private String addresses() {
    return servers.stream().map(Server::toString).collect(Collectors.joining(","));
  }

  /**
   * Options for a connection to one of the servers.
   *
   * @throws IllegalStateException where the mode leaves open whether TLS is used: the client would
   *     try that with every connection, and forget those that were tried in vain
   */
  PgConnectOptions options(ConnectionUse use, Server server, Optional<String> asPassword) {
    if (isToBeTried(sslMode)) {
      throw new IllegalStateException("nobody has tried yet what " + this + " means");
    }
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(server.host())
            .setPort(server.port())
            .setDatabase(name)
            .setUser(user)
            .setSslMode(sslMode)
            .setPipeliningLimit(PIPELINING_LIMIT)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
            .setPreparedStatementCacheSqlLimit(PREPARED_STATEMENT_CHARACTERS);
    asPassword.ifPresent(options::setPassword);
    if (sslMode != SslMode.DISABLE) {
      options.setSslOptions(sslOptions());
    }
    SESSION.forEach(options::addProperty);
    use.planner(citus).forEach(options::addProperty);
    Map.of(
            "application_name",
            use.applicationName(),
            "statement_timeout",
            Integer.toString(limits.statementTimeoutMs()),
            "lock_timeout",
            Integer.toString(limits.lockTimeoutMs()),
            "idle_in_transaction_session_timeout",
            Integer.toString(limits.idleInTransactionTimeoutMs()))
        .forEach(options::addProperty);
    return options;
  }

  private ClientSSLOptions sslOptions() {
    ClientSSLOptions options = new ClientSSLOptions();
    options.setHostnameVerificationAlgorithm(sslMode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    if (!verifies(sslMode)) {
      return options.setTrustAll(true);
    }
    return options.setTrustOptions(
        new PemTrustOptions().addCertPath(rootCertificate.orElseThrow()));
  }

  /** Whether only a server can tell if the mode means TLS. */
  static boolean isToBeTried(SslMode mode) {
    return mode == SslMode.PREFER || mode == SslMode.ALLOW;
  }

  /** As every PostgreSQL client writes it: {@code verify-full}. */
  static String sslModeName(SslMode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean verifies(SslMode mode) {
    return mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
