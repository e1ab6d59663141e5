package io.sluice.loadtest;

import java.util.List;
import java.util.stream.Stream;

/** What is wanted of the figures of a comparison. */
final class Goals {
  private static final String CALL = "pgbench function uniform";
  private static final String HTTP = "http uniform";
  private static final String PIPELINE = "pipeline uniform";

  private final Measurements measured;

  private Goals(Measurements measured) {
    this.measured = measured;
  }

  /** Those whose figures were measured. */
  static List<Goal> of(Measurements measured) {
    var goals = new Goals(measured);
    return Stream.of(goals.throughput(), goals.cost(), goals.time(), goals.process())
        .flatMap(List::stream)
        .filter(goal -> !goal.value().isEmpty())
        .toList();
  }

  private List<Goal> throughput() {
    return List.of(
        Goal.atLeast(
            "http-over-pgbench-function",
            "HTTP, uniform, 256 connections ÷ pgbench function",
            ratio(HTTP, CALL),
            2.2,
            3),
        Goal.atLeast(
            "http-over-pgbench-function-hot",
            "HTTP, hot source ÷ pgbench function on it",
            ratio("http hot-source", "pgbench function hot-source"),
            7,
            10),
        Goal.atLeast(
            "http-over-pipeline", "HTTP ÷ pipeline without HTTP", ratio(HTTP, PIPELINE), 0.7, 0.8),
        Goal.atLeast(
            "http-over-function-over-http",
            "HTTP ÷ one function call a transfer through the same HTTP stack",
            ratio(HTTP, "function over http"),
            3,
            4),
        Goal.atLeast(
            "pipeline-over-pgbench-function",
            "pipeline ÷ pgbench function, uniform",
            ratio(PIPELINE, CALL),
            3.6,
            5),
        Goal.atLeast(
            "pipeline-over-pgbench-function-hot",
            "pipeline ÷ pgbench function, hot source",
            ratio("pipeline hot-source", "pgbench function hot-source"),
            9,
            12),
        Goal.atLeast(
            "pipeline-over-copy-ceiling",
            "pipeline ÷ COPY ceiling",
            ratio(PIPELINE, "ceiling"),
            0.6,
            0.8),
        Goal.atLeast(
            "bulk-over-pipeline",
            "bulk over HTTP ÷ pipeline without HTTP",
            ratio(Measurements.BULK, PIPELINE),
            0.8,
            0.95),
        Goal.atLeast(
            "bulk-over-copy-ceiling",
            "bulk over HTTP ÷ COPY ceiling",
            ratio(Measurements.BULK, "ceiling"),
            0.48,
            0.76));
  }

  private List<Goal> cost() {
    Series both = measured.figure(HTTP + Measurements.BOTH_MICROS);
    Series call = measured.figure(CALL + Measurements.SERVER_MICROS);
    return List.of(
        Goal.atMost(
            "processor-time-over-pgbench-call",
            "processor time a transfer, gateway + PostgreSQL ÷ PostgreSQL's for a call of the"
                + " pgbench function",
            both.over(call),
            0.4,
            0.3),
        Goal.atMost(
            "gateway-over-postgresql-time",
            "gateway's processor time ÷ PostgreSQL's",
            ratio(HTTP + Measurements.CLIENT_MICROS, HTTP + Measurements.SERVER_MICROS),
            0.6,
            0.45),
        Goal.atMost(
            "postgresql-micros",
            "PostgreSQL's processor time a transfer over HTTP, µs",
            measured.figure(HTTP + Measurements.SERVER_MICROS),
            45,
            35),
        Goal.atMost(
            "wal-bytes",
            "WAL a transfer, bytes",
            measured.figure(HTTP + Measurements.WAL_BYTES),
            1_000,
            800),
        Goal.atMost(
            "disk-bytes",
            "disk a transfer, bytes",
            measured.figure(HTTP + Measurements.DISK_BYTES),
            500,
            350));
  }

  private List<Goal> time() {
    return List.of(
        Goal.atMost(
            "p50-alone-over-unbatched",
            "p50 at one connection ÷ unbatched design",
            ratio("p50 alone ms", "p50 alone unbatched ms"),
            0.6,
            0.5),
        Goal.atMost(
            "p99-half-load-over-alone",
            "p99 at half load (open model) ÷ p99 of a lone client",
            ratio("half load p99 ms", "p99 alone ms"),
            5,
            3),
        Goal.atMost(
                "others-beside-hot-account",
                "others' p99 beside a hot account ÷ beside as many uniform transfers",
                ratio("others p99 beside a hot account ms", "others p99 beside uniform ms"),
                1.3,
                1.1)
            .inEveryRound(),
        Goal.atMost(
                "small-beside-100-recipients",
                "small transfers' p99 beside 100-recipient ones ÷ beside as many legs of 1",
                ratio("small p99 beside recipients 100 ms", "small p99 beside recipients 1 ms"),
                1.3,
                1.1)
            .inEveryRound(),
        Goal.atMost(
            "single-beside-bulk",
            "single transfers' p99 beside bulk at full speed ÷ alone",
            ratio("single p99 beside bulk ms", "single p99 without bulk ms"),
            2,
            1.5));
  }

  private List<Goal> process() {
    return List.of(
        Goal.atMost(
            "resident-mib",
            "memory of the JVM, MiB resident at most",
            measured.figure("resident MiB"),
            400,
            256),
        Goal.atMost(
            "start-ms",
            "start to first 2xx on an existing database, ms",
            measured.figure("start ms"),
            900,
            500));
  }

  private Series ratio(String figure, String other) {
    return measured.figure(figure).over(measured.figure(other));
  }
}
