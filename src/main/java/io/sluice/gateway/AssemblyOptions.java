package io.sluice.gateway;

import io.sluice.access.AccessLimits;
import io.sluice.access.PasswordCost;
import io.sluice.access.RateLimit;
import io.sluice.access.SigningKeys;
import io.sluice.config.SluiceConfig;
import io.sluice.config.TrustedIssuer;
import io.sluice.dialect.isometric.Environment;
import io.sluice.pipeline.PipelineSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What an {@link Assembly} is built with.
 *
 * @param rateLimit of every tenant that has none of its own, where a dialect limits rates
 * @param keys sign the gateway's own tokens
 * @param issuers whose tokens are accepted besides
 * @param isometric which environment Isometric's ids name
 */
public record AssemblyOptions(
    GatewayOptions http,
    PipelineSettings pipeline,
    RateLimit rateLimit,
    AccessLimits access,
    PasswordCost passwordCost,
    SigningKeys keys,
    List<TrustedIssuer> issuers,
    Environment isometric,
    Clock clock) {
  /** How much longer a request may take than its transfer, so that the transfer's answer wins. */
  private static final int GRACE_MS = 2_000;

  private static final long RETRY_AFTER_MS = 1_000;

  public AssemblyOptions {
    issuers = List.copyOf(issuers);
  }

  /** The options that a configuration asks for. */
  public static AssemblyOptions of(SluiceConfig config, SigningKeys keys) {
    var limits =
        new AccessLimits(
            Math.max(1, config.access().credentialCacheSize()),
            Math.max(1, config.access().tokenCacheSize()),
            Duration.ofSeconds(config.access().cacheLifetimeS()),
            AccessLimits.DEFAULT.maxLoginFailures(),
            AccessLimits.DEFAULT.loginLock());
    return new AssemblyOptions(
        http(config),
        pipeline(config),
        new RateLimit(config.scrip().perSecond(), config.scrip().burst()),
        limits,
        PasswordCost.DEFAULT,
        keys,
        config.access().issuers(),
        Environment.valueOf(config.isometric().name()),
        Clock.systemUTC());
  }

  private static GatewayOptions http(SluiceConfig config) {
    SluiceConfig.Http http = config.http();
    return new GatewayOptions(
        http.host(),
        http.port(),
        http.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : http.eventLoops(),
        http.maxBodyBytes(),
        http.maxHeaderBytes(),
        GatewayOptions.DEFAULT.maxInitialLineBytes(),
        GatewayOptions.DEFAULT.maxConnections(),
        http.requestTimeoutMs() + GRACE_MS,
        http.idleTimeoutMs(),
        config.pipeline().drainTimeoutMs());
  }

  private static PipelineSettings pipeline(SluiceConfig config) {
    SluiceConfig.Pipeline pipeline = config.pipeline();
    return new PipelineSettings(
        pipeline.lanes(),
        pipeline.queueCapacity(),
        pipeline.maxBatch(),
        config.http().requestTimeoutMs(),
        config.database().limits().statementTimeoutMs() + GRACE_MS,
        RETRY_AFTER_MS);
  }

  /** The same with other HTTP options. */
  public AssemblyOptions with(GatewayOptions otherHttp) {
    return new AssemblyOptions(
        otherHttp, pipeline, rateLimit, access, passwordCost, keys, issuers, isometric, clock);
  }

  /** The same with another pipeline. */
  public AssemblyOptions with(PipelineSettings otherPipeline) {
    return new AssemblyOptions(
        http, otherPipeline, rateLimit, access, passwordCost, keys, issuers, isometric, clock);
  }

  /** The same with another rate limit. */
  public AssemblyOptions with(RateLimit otherRateLimit) {
    return new AssemblyOptions(
        http, pipeline, otherRateLimit, access, passwordCost, keys, issuers, isometric, clock);
  }

  /** The same with another clock. */
  public AssemblyOptions with(Clock otherClock) {
    return new AssemblyOptions(
        http, pipeline, rateLimit, access, passwordCost, keys, issuers, isometric, otherClock);
  }
}
