package io.sluice.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole configuration. {@link Keys} says what each value means. */
public record SluiceConfig(
    Http http,
    Management management,
    Pipeline pipeline,
    Database database,
    Access access,
    ScripLimits scrip,
    IsometricEnvironment isometric,
    Path dataDirectory,
    DemoMode demo,
    Log log) {
  /** Port 0 means any free one; zero event loops mean as many as processors. */
  public record Http(
      String host,
      int port,
      int maxBodyBytes,
      int maxHeaderBytes,
      int maxRequestLineBytes,
      int maxConnections,
      int requestTimeoutMs,
      int idleTimeoutMs,
      int eventLoops,
      boolean accessLog,
      Optional<String> publicUrl) {}

  /** Health, metrics, administration. */
  public record Management(String host, int port, Optional<String> adminToken) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Management[host=" + host + ", port=" + port + "]";
    }
  }

  /** The transfer pipeline. */
  public record Pipeline(
      int lanes,
      int queueCapacity,
      int maxBatchLegs,
      int deadlineMs,
      int flushTimeoutMs,
      int retryAfterMs,
      int drainTimeoutMs) {}

  /** Which PostgreSQL, and what may be asked of it. */
  public record Database(
      Optional<String> url, DatabaseLimits limits, int embeddedPort, String sharedBuffers) {
    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
      return "Database[limits=" + limits + ", embeddedPort=" + embeddedPort + "]";
    }
  }

  /** Tokens and credentials. */
  public record Access(
      Optional<Path> signingKeyFile,
      int tokenCacheSize,
      int credentialCacheSize,
      int cacheLifetimeS,
      int maxLoginFailures,
      int loginLockS,
      List<IssuerSettings> issuers) {}

  /** Zero requests a second mean no limit. */
  public record ScripLimits(int perSecond, int burst) {}

  /** Logging. */
  public record Log(LogFormat format, LogLevel level) {}

  /** What holds when nobody sets anything. */
  public static SluiceConfig defaults() {
    return load(Optional.empty(), Map.of(), Map.of());
  }

  /**
   * Reads the configuration. The command line comes before the environment, and that before the
   * file.
   *
   * @param file the file to read, if any
   * @param environment all variables; those that start with {@code SLUICE_} are looked at
   * @param options key names and values that the command line sets
   * @throws ConfigException with every problem found
   */
  public static SluiceConfig load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    ConfigSources sources = new ConfigSources();
    file.ifPresent(sources::addFile);
    sources.addEnvironment(environment);
    options.forEach((name, value) -> sources.addOption(name, value, "for " + name));
    SluiceConfig config =
        new SluiceConfig(
            http(sources),
            management(sources),
            pipeline(sources),
            database(sources),
            access(sources),
            new ScripLimits(
                sources.value(Keys.SCRIP_RATE_LIMIT_PER_SECOND),
                sources.value(Keys.SCRIP_RATE_LIMIT_BURST)),
            sources.value(Keys.ISOMETRIC_ENVIRONMENT),
            sources.value(Keys.DATA_DIRECTORY),
            sources.value(Keys.DEMO_ENABLED),
            new Log(sources.value(Keys.LOG_FORMAT), sources.value(Keys.LOG_LEVEL)));
    compare(config, sources);
    sources.throwIfWrong();
    return config;
  }

  /** What is allowed alone, but not together. */
  private static void compare(SluiceConfig config, ConfigSources sources) {
    if (config.pipeline.deadlineMs >= config.http.requestTimeoutMs) {
      sources.addProblem(
          Keys.PIPELINE_DEADLINE_MS.name()
              + " ("
              + config.pipeline.deadlineMs
              + ") must be less than "
              + Keys.HTTP_REQUEST_TIMEOUT_MS.name()
              + " ("
              + config.http.requestTimeoutMs
              + ")");
    }
    if (config.pipeline.flushTimeoutMs <= config.database.limits.statementTimeoutMs()) {
      sources.addProblem(
          Keys.PIPELINE_FLUSH_TIMEOUT_MS.name()
              + " ("
              + config.pipeline.flushTimeoutMs
              + ") must be more than "
              + Keys.DATABASE_STATEMENT_TIMEOUT_MS.name()
              + " ("
              + config.database.limits.statementTimeoutMs()
              + ")");
    }
  }

  private static Http http(ConfigSources sources) {
    return new Http(
        sources.value(Keys.HTTP_HOST),
        sources.value(Keys.HTTP_PORT),
        sources.value(Keys.HTTP_MAX_BODY_BYTES),
        sources.value(Keys.HTTP_MAX_HEADER_BYTES),
        sources.value(Keys.HTTP_MAX_REQUEST_LINE_BYTES),
        sources.value(Keys.HTTP_MAX_CONNECTIONS),
        sources.value(Keys.HTTP_REQUEST_TIMEOUT_MS),
        sources.value(Keys.HTTP_IDLE_TIMEOUT_MS),
        sources.value(Keys.HTTP_EVENT_LOOPS),
        sources.value(Keys.HTTP_ACCESS_LOG),
        sources.value(Keys.HTTP_PUBLIC_URL));
  }

  private static Management management(ConfigSources sources) {
    return new Management(
        sources.value(Keys.MANAGEMENT_HOST),
        sources.value(Keys.MANAGEMENT_PORT),
        sources.value(Keys.MANAGEMENT_ADMIN_TOKEN));
  }

  private static Pipeline pipeline(ConfigSources sources) {
    return new Pipeline(
        sources.value(Keys.PIPELINE_LANES),
        sources.value(Keys.PIPELINE_QUEUE_CAPACITY),
        sources.value(Keys.PIPELINE_MAX_BATCH_LEGS),
        sources.value(Keys.PIPELINE_DEADLINE_MS),
        sources.value(Keys.PIPELINE_FLUSH_TIMEOUT_MS),
        sources.value(Keys.PIPELINE_RETRY_AFTER_MS),
        sources.value(Keys.PIPELINE_DRAIN_TIMEOUT_MS));
  }

  private static Database database(ConfigSources sources) {
    DatabaseLimits limits =
        new DatabaseLimits(
            sources.value(Keys.DATABASE_POOL_SIZE),
            sources.value(Keys.DATABASE_POOL_WAIT_QUEUE),
            sources.value(Keys.DATABASE_CONNECTION_TIMEOUT_MS),
            sources.value(Keys.DATABASE_STATEMENT_TIMEOUT_MS),
            sources.value(Keys.DATABASE_LOCK_TIMEOUT_MS),
            sources.value(Keys.DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS));
    return new Database(
        sources.value(Keys.DATABASE_URL),
        limits,
        sources.value(Keys.DATABASE_EMBEDDED_PORT),
        sources.value(Keys.DATABASE_EMBEDDED_SHARED_BUFFERS));
  }

  private static Access access(ConfigSources sources) {
    return new Access(
        sources.value(Keys.ACCESS_SIGNING_KEY_FILE),
        sources.value(Keys.ACCESS_TOKEN_CACHE_SIZE),
        sources.value(Keys.ACCESS_CREDENTIAL_CACHE_SIZE),
        sources.value(Keys.ACCESS_CACHE_LIFETIME_S),
        sources.value(Keys.ACCESS_MAX_LOGIN_FAILURES),
        sources.value(Keys.ACCESS_LOGIN_LOCK_S),
        IssuerReader.read(sources));
  }
}
