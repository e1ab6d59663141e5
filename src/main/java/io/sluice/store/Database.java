package io.sluice.store;

import io.sluice.config.DatabaseLimits;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to reach one PostgreSQL database. {@link DatabaseAddress} reads it from a URL or from the
 * environment.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param password empty where the server asks for none
 * @param rootCertificate the PEM file that {@code verify-ca} and {@code verify-full} trust
 */
public record Database(
    String host,
    int port,
    String name,
    String user,
    Optional<String> password,
    SslMode sslMode,
    Optional<String> rootCertificate,
    DatabaseLimits limits) {
  /** Statements that one connection sends before the first answer must have arrived. */
  private static final int PIPELINING_LIMIT = 64;

  private static final int PREPARED_STATEMENTS = 512;

  /** The client's own limit of 2,048 characters would leave the pipeline's statements uncached. */
  private static final int PREPARED_STATEMENT_CHARACTERS = 65_536;

  public Database {
    if (rootCertificate.isEmpty() && verifies(sslMode)) {
      throw new IllegalArgumentException(
          "sslmode="
              + sslModeName(sslMode)
              + " needs sslrootcert, a file with the trusted certificate");
    }
  }

  /**
   * Options for a connection that carries a lane: planner settings under which its statements use
   * the same index plans whatever the tables' statistics say.
   */
  public PgConnectOptions laneOptions() {
    PgConnectOptions options = connectOptions("sluice-lane");
    Map.of(
            "plan_cache_mode", "force_generic_plan",
            "enable_seqscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off")
        .forEach(options::addProperty);
    return options;
  }

  /** Options for everything that is not a lane. */
  public PgConnectOptions poolConnectOptions() {
    return connectOptions("sluice-pool");
  }

  /** A pool that never grows past its bounds: size, waiting calls, waiting time. */
  public PoolOptions poolOptions() {
    return new PoolOptions()
        .setName("sluice")
        .setMaxSize(limits.poolSize())
        .setMaxWaitQueueSize(limits.poolWaitQueue())
        .setConnectionTimeout(limits.connectionTimeoutMs())
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** The general pool. Connects when first used. */
  public Pool pool(Vertx vertx) {
    return PgBuilder.pool()
        .with(poolOptions())
        .connectingTo(poolConnectOptions())
        .using(vertx)
        .build();
  }

  /** The same server's other database. */
  public Database withName(String otherName) {
    return new Database(host, port, otherName, user, password, sslMode, rootCertificate, limits);
  }

  /** The address for JDBC, without credentials. */
  public String jdbcUrl() {
    String address = host.contains(":") ? "[" + host + "]" : host;
    String url =
        "jdbc:postgresql://"
            + address
            + ":"
            + port
            + "/"
            + encode(name)
            + "?sslmode="
            + sslModeName(sslMode);
    return rootCertificate.map(file -> url + "&sslrootcert=" + encode(file)).orElse(url);
  }

  /** Plain JDBC connections, unpooled, for what blocks: migrations and the embedded server. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(user);
    password.ifPresent(source::setPassword);
    source.setConnectTimeout((int) TimeUnit.MILLISECONDS.toSeconds(limits.connectionTimeoutMs()));
    source.setApplicationName("sluice-jdbc");
    return source;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "postgresql://"
        + user
        + "@"
        + host
        + ":"
        + port
        + "/"
        + name
        + "?sslmode="
        + sslModeName(sslMode);
  }

  private PgConnectOptions connectOptions(String applicationName) {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(host)
            .setPort(port)
            .setDatabase(name)
            .setUser(user)
            .setSslMode(sslMode)
            .setPipeliningLimit(PIPELINING_LIMIT)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
            .setPreparedStatementCacheSqlLimit(PREPARED_STATEMENT_CHARACTERS);
    password.ifPresent(options::setPassword);
    if (sslMode != SslMode.DISABLE) {
      options.setSslOptions(sslOptions());
    }
    Map.of(
            "application_name",
            applicationName,
            "TimeZone",
            "UTC",
            "jit",
            "off",
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
