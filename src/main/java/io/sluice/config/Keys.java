package io.sluice.config;

import static io.sluice.config.Parsers.flag;
import static io.sluice.config.Parsers.integer;
import static io.sluice.config.Parsers.oneOf;
import static io.sluice.config.Parsers.optional;
import static io.sluice.config.Parsers.path;
import static io.sluice.config.Parsers.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Every configuration key. To add one: a constant here, its place in {@link #ALL}, a component in
 * {@link SluiceConfig}, and its lines in {@code conf/sluice.properties}; a test compares them.
 */
public final class Keys {
  private static final int MAX_PORT = 65_535;
  private static final int DAY_MS = 86_400_000;
  private static final int MILLION = 1_000_000;
  private static final int MIN_TOKEN_CHARACTERS = 16;

  static final Key<String> HTTP_HOST =
      text(
          "http.host",
          "127.0.0.1",
          "Where the providers' APIs listen. The default keeps a first try private; 0.0.0.0 opens"
              + " it to the network.");
  static final Key<Integer> HTTP_PORT =
      integer("http.port", 8080, 0, MAX_PORT, "Their port. 0 takes any free one.");
  static final Key<Integer> HTTP_MAX_BODY_BYTES =
      integer(
          "http.maxBodyBytes", 262_144, 1_024, 16 * MILLION, "The largest request body, in bytes.");
  static final Key<Integer> HTTP_MAX_HEADER_BYTES =
      integer(
          "http.maxHeaderBytes",
          16_384,
          1_024,
          MILLION,
          "The largest sum of a request's headers, in bytes.");
  static final Key<Integer> HTTP_MAX_REQUEST_LINE_BYTES =
      integer(
          "http.maxRequestLineBytes",
          8_192,
          1_024,
          MILLION,
          "The longest first line of a request, that is method, path and query, in bytes.");
  static final Key<Integer> HTTP_MAX_CONNECTIONS =
      integer(
          "http.maxConnections",
          10_000,
          1,
          MILLION,
          "How many clients may be connected at once. Further ones are hung up on.");
  static final Key<Integer> HTTP_REQUEST_TIMEOUT_MS =
      integer(
          "http.requestTimeoutMs",
          10_000,
          100,
          600_000,
          "How long a request may take from its headers to its answer, in milliseconds.");
  static final Key<Integer> HTTP_IDLE_TIMEOUT_MS =
      integer(
          "http.idleTimeoutMs",
          75_000,
          1_000,
          DAY_MS,
          "After how many milliseconds without traffic a connection is closed.");
  static final Key<Integer> HTTP_EVENT_LOOPS =
      integer(
          "http.eventLoops",
          0,
          0,
          256,
          "Threads that serve HTTP. 0 takes as many as there are processors.");
  static final Key<Boolean> HTTP_ACCESS_LOG =
      flag("http.accessLog", true, "Whether each request is logged when it has been answered.");
  static final Key<Optional<String>> HTTP_PUBLIC_URL =
      optional(
          "http.publicUrl",
          "an http or https URL",
          "How clients reach the gateway, where that differs from host and port; printed in the"
              + " demo's calls.",
          false,
          Keys::url);

  static final Key<String> MANAGEMENT_HOST =
      text(
          "management.host",
          "127.0.0.1",
          "Where health, metrics and administration listen. Never open it to clients.");
  static final Key<Integer> MANAGEMENT_PORT =
      integer("management.port", 9090, 0, MAX_PORT, "Their port. 0 takes any free one.");
  static final Key<Optional<String>> MANAGEMENT_ADMIN_TOKEN =
      optional(
          "management.adminToken",
          "a text of at least " + MIN_TOKEN_CHARACTERS + " characters",
          "The bearer token of the administration. Not set: made at the first start and kept in"
              + " the file admin-token of the data directory, readable by its owner only.",
          true,
          Keys::token);

  static final Key<Integer> PIPELINE_LANES =
      integer(
          "pipeline.lanes",
          2,
          1,
          64,
          "Connections that carry transfers. More than one for each of PostgreSQL's processors"
              + " gains nothing.");
  static final Key<Integer> PIPELINE_QUEUE_CAPACITY =
      integer(
          "pipeline.queueCapacity",
          8_192,
          1,
          MILLION,
          "How many transfers may wait. The next one is answered as overloaded.");
  static final Key<Integer> PIPELINE_MAX_BATCH_LEGS =
      integer(
          "pipeline.maxBatchLegs",
          256,
          1,
          4_096,
          "How many legs, one a recipient, the transfers in one database transaction may have"
              + " together. A larger transfer has a transaction of its own.");
  static final Key<Integer> PIPELINE_DEADLINE_MS =
      integer(
          "pipeline.deadlineMs",
          8_000,
          100,
          600_000,
          "How long a transfer may wait, in milliseconds. One that has not begun by then is not"
              + " carried out. Less than http.requestTimeoutMs, so that its client hears that.");
  static final Key<Integer> PIPELINE_FLUSH_TIMEOUT_MS =
      integer(
          "pipeline.flushTimeoutMs",
          15_000,
          1_000,
          600_000,
          "How long PostgreSQL may take for one step of a transaction before the connection is"
              + " given up, in milliseconds. More than database.statementTimeoutMs.");
  static final Key<Integer> PIPELINE_RETRY_AFTER_MS =
      integer(
          "pipeline.retryAfterMs",
          1_000,
          100,
          60_000,
          "How long overloaded clients are told to wait, in milliseconds.");
  static final Key<Integer> PIPELINE_DRAIN_TIMEOUT_MS =
      integer(
          "pipeline.drainTimeoutMs",
          10_000,
          0,
          600_000,
          "How long a stop waits for the transfers that are under way, in milliseconds.");

  static final Key<Optional<String>> DATABASE_URL =
      optional(
          "database.url",
          "postgresql://user:password@host:port/database?sslmode=require",
          "The PostgreSQL (15 or later) that holds the ledger. Not set: what DATABASE_URL or the"
              + " PG* variables name, else a PostgreSQL of Sluice's own in the data directory.",
          true,
          url -> url);
  static final Key<Integer> DATABASE_POOL_SIZE =
      integer(
          "database.poolSize",
          DatabaseLimits.DEFAULT.poolSize(),
          1,
          1_000,
          "Connections for everything but transfers.");
  static final Key<Integer> DATABASE_POOL_WAIT_QUEUE =
      integer(
          "database.poolWaitQueue",
          DatabaseLimits.DEFAULT.poolWaitQueue(),
          0,
          MILLION,
          "How many calls may wait for one of them.");
  static final Key<Integer> DATABASE_CONNECTION_TIMEOUT_MS =
      integer(
          "database.connectionTimeoutMs",
          DatabaseLimits.DEFAULT.connectionTimeoutMs(),
          1_000,
          600_000,
          "How long a call waits for a connection, in milliseconds.");
  static final Key<Integer> DATABASE_STATEMENT_TIMEOUT_MS =
      integer(
          "database.statementTimeoutMs",
          DatabaseLimits.DEFAULT.statementTimeoutMs(),
          100,
          DAY_MS,
          "After how many milliseconds PostgreSQL cancels a statement.");
  static final Key<Integer> DATABASE_LOCK_TIMEOUT_MS =
      integer(
          "database.lockTimeoutMs",
          DatabaseLimits.DEFAULT.lockTimeoutMs(),
          100,
          DAY_MS,
          "After how many milliseconds PostgreSQL gives up waiting for a row lock.");
  static final Key<Integer> DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS =
      integer(
          "database.idleInTransactionTimeoutMs",
          DatabaseLimits.DEFAULT.idleInTransactionTimeoutMs(),
          100,
          DAY_MS,
          "After how many milliseconds PostgreSQL ends a connection that idles inside a"
              + " transaction.");
  static final Key<Integer> DATABASE_EMBEDDED_PORT =
      integer(
          "database.embedded.port",
          0,
          0,
          MAX_PORT,
          "The port of Sluice's own PostgreSQL on 127.0.0.1. 0 takes any free one and keeps it.");
  static final Key<String> DATABASE_EMBEDDED_SHARED_BUFFERS =
      text(
          "database.embedded.sharedBuffers",
          "256MB",
          "The memory that Sluice's own PostgreSQL caches tables in, as PostgreSQL writes it.");

  static final Key<Path> DATA_DIRECTORY =
      path(
          "data.directory",
          "data",
          "Where Sluice keeps its own PostgreSQL, its signing keys and its admin token.");

  static final Key<Optional<Path>> ACCESS_SIGNING_KEY_FILE =
      optional(
          "access.signingKeyFile",
          "a path",
          "The private key, as PEM, that signs the tokens Sluice issues. Not set: made at the"
              + " first start and kept in the data directory, readable by its owner only.",
          false,
          Path::of);
  static final Key<Integer> ACCESS_TOKEN_CACHE_SIZE =
      integer(
          "access.tokenCacheSize", 10_000, 1, MILLION, "How many verified tokens are remembered.");
  static final Key<Integer> ACCESS_CREDENTIAL_CACHE_SIZE =
      integer(
          "access.credentialCacheSize",
          10_000,
          1,
          MILLION,
          "How many verified API keys and client secrets are remembered, of each.");
  static final Key<Integer> ACCESS_CACHE_LIFETIME_S =
      integer(
          "access.cacheLifetimeS",
          30,
          1,
          3_600,
          "For how many seconds they are. What another process withdraws works that much longer.");
  static final Key<Integer> ACCESS_MAX_LOGIN_FAILURES =
      integer(
          "access.maxLoginFailures",
          5,
          1,
          1_000,
          "How many wrong passwords in a row lock a user of the ledger API.");
  static final Key<Integer> ACCESS_LOGIN_LOCK_S =
      integer("access.loginLockS", 900, 1, 86_400, "For how many seconds.");

  static final Key<Integer> SCRIP_RATE_LIMIT_PER_SECOND =
      integer(
          "scrip.rateLimit.perSecond",
          10,
          0,
          MILLION,
          "Requests that a Scrip tenant may send each second. The default is what Scrip publishes;"
              + " 0 switches the limit off.");
  static final Key<Integer> SCRIP_RATE_LIMIT_BURST =
      integer(
          "scrip.rateLimit.burst",
          30,
          1,
          MILLION,
          "Requests that it may send at once. The default is what Scrip publishes.");

  static final Key<IsometricEnvironment> ISOMETRIC_ENVIRONMENT =
      oneOf(
          "isometric.environment",
          IsometricEnvironment.class,
          IsometricEnvironment.PRODUCTION,
          "Which of Isometric's environments the ids look like. Ids of the other one are not found,"
              + " so do not change it once something is stored.");

  static final Key<DemoMode> DEMO_ENABLED =
      oneOf(
          "demo.enabled",
          DemoMode.class,
          DemoMode.AUTO,
          "Whether a tenant named demo is set up and calls are printed that work at once. auto"
              + " does so on Sluice's own PostgreSQL only.");

  static final Key<LogFormat> LOG_FORMAT =
      oneOf(
          "log.format",
          LogFormat.class,
          LogFormat.TEXT,
          "How events and requests are logged on standard output: text for people, json for"
              + " machines, one object a line.");
  static final Key<LogLevel> LOG_LEVEL =
      oneOf(
          "log.level", LogLevel.class, LogLevel.INFO, "The least important level that is logged.");

  /** In the order of the file. */
  public static final List<Key<?>> ALL =
      List.of(
          HTTP_HOST,
          HTTP_PORT,
          HTTP_MAX_BODY_BYTES,
          HTTP_MAX_HEADER_BYTES,
          HTTP_MAX_REQUEST_LINE_BYTES,
          HTTP_MAX_CONNECTIONS,
          HTTP_REQUEST_TIMEOUT_MS,
          HTTP_IDLE_TIMEOUT_MS,
          HTTP_EVENT_LOOPS,
          HTTP_ACCESS_LOG,
          HTTP_PUBLIC_URL,
          MANAGEMENT_HOST,
          MANAGEMENT_PORT,
          MANAGEMENT_ADMIN_TOKEN,
          PIPELINE_LANES,
          PIPELINE_QUEUE_CAPACITY,
          PIPELINE_MAX_BATCH_LEGS,
          PIPELINE_DEADLINE_MS,
          PIPELINE_FLUSH_TIMEOUT_MS,
          PIPELINE_RETRY_AFTER_MS,
          PIPELINE_DRAIN_TIMEOUT_MS,
          DATABASE_URL,
          DATABASE_POOL_SIZE,
          DATABASE_POOL_WAIT_QUEUE,
          DATABASE_CONNECTION_TIMEOUT_MS,
          DATABASE_STATEMENT_TIMEOUT_MS,
          DATABASE_LOCK_TIMEOUT_MS,
          DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS,
          DATABASE_EMBEDDED_PORT,
          DATABASE_EMBEDDED_SHARED_BUFFERS,
          DATA_DIRECTORY,
          ACCESS_SIGNING_KEY_FILE,
          ACCESS_TOKEN_CACHE_SIZE,
          ACCESS_CREDENTIAL_CACHE_SIZE,
          ACCESS_CACHE_LIFETIME_S,
          ACCESS_MAX_LOGIN_FAILURES,
          ACCESS_LOGIN_LOCK_S,
          SCRIP_RATE_LIMIT_PER_SECOND,
          SCRIP_RATE_LIMIT_BURST,
          ISOMETRIC_ENVIRONMENT,
          DEMO_ENABLED,
          LOG_FORMAT,
          LOG_LEVEL);

  private Keys() {}

  static String url(String text) {
    if (!text.matches("https?://[^/\\s?#]+(/[^\\s?#]*)?")) {
      throw new IllegalArgumentException();
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static String token(String text) {
    if (text.length() < MIN_TOKEN_CHARACTERS) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
