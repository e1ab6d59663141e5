package io.sluice.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where traces go.
 *
 * @param endpoint takes OTLP over HTTP; empty where nothing is traced
 * @param sampledPerMillion of all calls
 * @param queueSpans that may wait to be sent
 */
public record TracingSettings(
    Optional<URI> endpoint,
    int sampledPerMillion,
    String serviceName,
    int timeoutMs,
    int queueSpans) {
  public static final Section<TracingSettings> SECTION = new Section<>(TracingSettings::read);

  private static TracingSettings read(Keys keys) {
    return new TracingSettings(
        keys.about(
                "Where spans of calls and their batches are sent, as OTLP over HTTP in protobuf,"
                    + " such as http://127.0.0.1:4318/v1/traces. Not set: nothing is traced.")
            .optional("tracing.endpoint", "an address of http or https", TracingSettings::endpoint),
        keys.about(
                "How many of a million calls are traced, by the id of their trace. Of callers who"
                    + " send a traceparent, only those that are sampled there.")
            .integer("tracing.sampledPerMillion", 1_000_000, 0, 1_000_000),
        keys.about("What the gateway is called in traces.").text("tracing.serviceName", "sluice"),
        keys.about("How long sending spans once may take, in milliseconds.")
            .integer("tracing.timeoutMs", 5_000, 100, 60_000),
        keys.about(
                "How many spans may wait to be sent. What finds no room is dropped and counted; no"
                    + " call ever waits.")
            .integer("tracing.queueSpans", 8_192, 64, 1_000_000));
  }

  private static URI endpoint(String text) {
    URI uri = URI.create(text);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
      throw new IllegalArgumentException();
    }
    return uri;
  }
}
