package io.sluice.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.sluice.dialect.JsonWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What the gateway did between one look at its meters and the next, as the console plots it: rates,
 * latencies, and how full it is.
 */
final class Measures {
  private static final String REQUESTS = "sluice.http.requests";
  private static final double MEDIAN = 0.5;
  private static final double P99 = 0.99;
  private static final int DECIMALS = 3;

  private final MeterRegistry registry;
  private Look before;

  Measures(MeterRegistry registry, Instant now) {
    this.registry = registry;
    before = look(now);
  }

  /**
   * All that only grows.
   *
   * @param outcomes of commands
   * @param reasons of commands that were refused
   * @param latencies how many requests took at most so many milliseconds; they add up
   * @param requests how many there were, slower ones too
   */
  private record Look(
      Instant at,
      Map<String, Double> outcomes,
      Map<String, Double> reasons,
      SortedMap<Double, Double> latencies,
      double requests,
      double batches,
      double batched,
      double commits,
      double commitMs) {}

  /** What was done since the last call, as a JSON object. */
  synchronized String since(Instant now) {
    Look next = look(now);
    String text = text(before, next);
    before = next;
    return text;
  }

  private String text(Look from, Look to) {
    double seconds = Math.max(Duration.between(from.at, to.at).toMillis(), 1) / 1_000.0;
    JsonWriter json = JsonWriter.object().number("time", to.at.toEpochMilli());
    rates(json.object("outcomes"), from.outcomes, to.outcomes, seconds).end();
    rates(json.object("reasons"), from.reasons, to.reasons, seconds).end();
    number(json, "requests", (to.requests - from.requests) / seconds);
    mean(json, "p50_ms", quantile(MEDIAN, from, to));
    mean(json, "p99_ms", quantile(P99, from, to));
    number(json, "batches", (to.batches - from.batches) / seconds);
    mean(json, "batch_size", ratio(to.batched - from.batched, to.batches - from.batches));
    mean(json, "commit_ms", ratio(to.commitMs - from.commitMs, to.commits - from.commits));
    number(json, "lanes", gauge("sluice.pipeline.lanes.connected"));
    number(json, "queue", gauge("sluice.pipeline.queue.depth"));
    number(json, "in_flight", gauge("sluice.http.in.flight"));
    return json.toText();
  }

  private static JsonWriter rates(
      JsonWriter json, Map<String, Double> from, Map<String, Double> to, double seconds) {
    to.forEach(
        (name, count) -> number(json, name, (count - from.getOrDefault(name, 0.0)) / seconds));
    return json;
  }

  private static Optional<Double> ratio(double sum, double count) {
    return count == 0 ? Optional.empty() : Optional.of(sum / count);
  }

  private static void mean(JsonWriter json, String name, Optional<Double> value) {
    value.ifPresentOrElse(known -> number(json, name, known), () -> json.nothing(name));
  }

  private static void number(JsonWriter json, String name, double value) {
    json.number(name, BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP));
  }

  /**
   * As Prometheus estimates one: evenly spread within the bucket that it falls into, and the last
   * bound for what is above all.
   */
  private static Optional<Double> quantile(double share, Look from, Look to) {
    double all = to.requests - from.requests;
    if (all <= 0) {
      return Optional.empty();
    }
    double bound = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : to.latencies.entrySet()) {
      double count = bucket.getValue() - from.latencies.getOrDefault(bucket.getKey(), 0.0);
      if (count >= share * all) {
        double within = count == below ? 1 : (share * all - below) / (count - below);
        return Optional.of(bound + (bucket.getKey() - bound) * within);
      }
      below = count;
      bound = bucket.getKey();
    }
    return Optional.of(bound);
  }

  private Look look(Instant now) {
    SortedMap<Double, Double> latencies = new TreeMap<>();
    double requests = 0;
    for (Timer timer : registry.find(REQUESTS).timers()) {
      requests += timer.count();
      for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
        double bound = bucket.bucket(TimeUnit.MILLISECONDS);
        if (Double.isFinite(bound)) {
          latencies.merge(bound, bucket.count(), Double::sum);
        }
      }
    }
    Optional<DistributionSummary> batches =
        Optional.ofNullable(registry.find("sluice.pipeline.batch.size").summary());
    Optional<Timer> commits = Optional.ofNullable(registry.find("sluice.pipeline.commit").timer());
    return new Look(
        now,
        counts("sluice.transfers", "outcome"),
        counts("sluice.transfers.refused", "reason"),
        latencies,
        requests,
        batches.map(DistributionSummary::count).orElse(0L),
        batches.map(DistributionSummary::totalAmount).orElse(0.0),
        commits.map(Timer::count).orElse(0L),
        commits.map(timer -> timer.totalTime(TimeUnit.MILLISECONDS)).orElse(0.0));
  }

  private Map<String, Double> counts(String name, String tag) {
    Map<String, Double> counts = new TreeMap<>();
    for (Counter counter : registry.find(name).counters()) {
      counts.merge(counter.getId().getTag(tag), counter.count(), Double::sum);
    }
    return counts;
  }

  private double gauge(String name) {
    return Optional.ofNullable(registry.find(name).gauge()).map(Gauge::value).orElse(0.0);
  }
}
