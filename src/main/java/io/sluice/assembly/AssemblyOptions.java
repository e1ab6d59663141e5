package io.sluice.assembly;

import io.sluice.access.AccessLimits;
import io.sluice.access.PasswordCost;
import io.sluice.access.RateLimit;
import io.sluice.access.SigningKeys;
import io.sluice.config.IssuerSettings;
import io.sluice.config.SluiceConfig;
import io.sluice.dialect.isometric.Environment;
import io.sluice.gateway.GatewayOptions;
import io.sluice.pipeline.PipelineSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What an {@link Assembly} is built with.
 *
 * @param rateLimit that Scrip publishes
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
    List<IssuerSettings> issuers,
    Environment isometric,
    Clock clock) {
  public AssemblyOptions {
    issuers = List.copyOf(issuers);
  }

  /** The options that a configuration asks for. */
  public static AssemblyOptions of(SluiceConfig config, SigningKeys keys) {
    var limits =
        new AccessLimits(
            config.access().credentialCacheSize(),
            config.access().tokenCacheSize(),
            Duration.ofSeconds(config.access().cacheLifetimeS()),
            config.access().maxLoginFailures(),
            Duration.ofSeconds(config.access().loginLockS()));
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

  /**
   * How many event loops a configuration asks for; as many as there are processors unless it says.
   */
  public static int eventLoops(SluiceConfig config) {
    int asked = config.http().eventLoops();
    return asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
  }

  private static GatewayOptions http(SluiceConfig config) {
    SluiceConfig.Http http = config.http();
    return new GatewayOptions(
        http.host(),
        http.port(),
        eventLoops(config),
        http.maxBodyBytes(),
        http.maxHeaderBytes(),
        http.maxRequestLineBytes(),
        http.maxConnections(),
        http.requestTimeoutMs(),
        http.idleTimeoutMs(),
        config.pipeline().drainTimeoutMs());
  }

  private static PipelineSettings pipeline(SluiceConfig config) {
    SluiceConfig.Pipeline pipeline = config.pipeline();
    return new PipelineSettings(
        pipeline.lanes(),
        pipeline.queueCapacity(),
        pipeline.maxBatchLegs(),
        pipeline.deadlineMs(),
        pipeline.flushTimeoutMs(),
        pipeline.retryAfterMs());
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
