package io.sluice.loadtest;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Two builds of the product in one run, on databases of their own on one server, in slices in turn:
 * after, before, before, after.
 */
final class CompareBuilds {
  private static final int CONNECTIONS = 256;
  private static final List<Workload> WORKLOADS = List.of(Workload.UNIFORM, Workload.HOT_SOURCE);

  /** What is wanted of a build that is to ask less of PostgreSQL. */
  private static final double SERVER_MUST = 0.72;

  /** The figure that has to be so much of what it was. */
  private static final String SERVER = "PostgreSQL µs a transfer, HTTP uniform";

  private final Settings settings;
  private final Vertx vertx;
  private final Build before;
  private final Build after;
  private final WriteAheadLog log;
  private final Map<String, Series> beforeFigures = new LinkedHashMap<>();
  private final Map<String, Series> afterFigures = new LinkedHashMap<>();
  private long errors;

  private CompareBuilds(
      Settings settings, Vertx vertx, Build before, Build after, WriteAheadLog log) {
    this.settings = settings;
    this.vertx = vertx;
    this.before = before;
    this.after = after;
    this.log = log;
  }

  /** Measures; whether every transfer succeeded and both builds find their books whole. */
  static boolean run(
      Settings settings, Path checkout, Server server, Path directory, Cleanup cleanup)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    cleanup.add(() -> Awaiting.result(vertx.close()));
    Path here = Path.of("..").toRealPath();
    Build before =
        open("before", checkout.toRealPath(), here, server, directory, settings, cleanup);
    Build after = open("after", here, here, server, directory, settings, cleanup);
    var comparison = new CompareBuilds(settings, vertx, before, after, new WriteAheadLog(server));
    comparison.measure();
    comparison.report();
    boolean whole = comparison.whole(before) & comparison.whole(after);
    comparison.ratios();
    return whole && comparison.errors == 0;
  }

  private static Build open(
      String name,
      Path checkout,
      Path here,
      Server server,
      Path directory,
      Settings settings,
      Cleanup cleanup)
      throws Exception {
    System.out.println(name + ": " + checkout);
    return Build.open(name, checkout, here, server, directory, settings.accounts(), cleanup);
  }

  private void measure() throws Exception {
    log.age();
    System.out.println("warming up");
    // In two turns: a compiler that is still at work for one build must not disturb the other.
    for (int turn = 0; turn < 2; turn++) {
      for (Build build : List.of(before, after)) {
        int seconds = Math.max(1, settings.warmUpSeconds() / 2);
        System.out.println(
            "  HTTP " + build.name() + ": " + http(build, Workload.UNIFORM, seconds));
        if (pipelines()) {
          System.out.println(
              "  pipeline "
                  + build.name()
                  + ": "
                  + build.pipeline(Workload.UNIFORM, seconds).load());
        }
      }
    }
    for (int round = 1; round <= settings.rounds(); round++) {
      log.checkpoint();
      System.out.printf("round %d of %d%n", round, settings.rounds());
      for (Build build : List.of(before, after)) {
        Settling.settle(
            () -> build.read(() -> http(build, Workload.UNIFORM, settings.seconds())).spent());
        if (pipelines()) {
          Settling.settle(() -> build.pipeline(Workload.UNIFORM, settings.seconds()).spent());
        }
      }
      round();
    }
  }

  private boolean pipelines() {
    return before.worker().isPresent() && after.worker().isPresent();
  }

  private void round() {
    for (Workload workload : WORKLOADS) {
      var http = new Turn();
      var pipeline = new Turn();
      for (Build build : List.of(after, before, before, after)) {
        http.add(build, build.read(() -> http(build, workload, settings.seconds())));
      }
      http.end("HTTP " + workload.label());
      for (Build build : pipelines() ? List.of(after, before, before, after) : List.<Build>of()) {
        pipeline.add(build, build.pipeline(workload, settings.seconds()));
      }
      pipeline.end("pipeline " + workload.label());
    }
  }

  private Load http(Build build, Workload workload, int seconds) {
    Requests requests = Requests.ledger(build.gateway().target(), workload);
    return Awaiting.result(HttpLoad.run(vertx, requests, CONNECTIONS, 0, 0, seconds));
  }

  /** The slices of one load within a round. */
  private final class Turn {
    private final List<Meter.Reading> ofBefore = new ArrayList<>();
    private final List<Meter.Reading> ofAfter = new ArrayList<>();

    void add(Build build, Meter.Reading reading) {
      errors += reading.load().errors();
      (build == before ? ofBefore : ofAfter).add(reading);
    }

    void end(String what) {
      if (ofAfter.isEmpty()) {
        return;
      }
      figure(what + " /s", reading -> reading.load().perSecond());
      boolean client = what.startsWith("HTTP");
      figure("PostgreSQL µs a transfer, " + what, reading -> reading.spent().serverMicrosEach());
      figure(
          (client ? "gateway" : "worker") + " µs a transfer, " + what,
          reading -> reading.spent().clientMicrosEach());
      figure("WAL bytes a transfer, " + what, reading -> reading.spent().walBytesEach());
      figure("disk bytes a transfer, " + what, reading -> reading.spent().diskBytesEach());
    }

    private void figure(String name, ToDoubleFunction<Meter.Reading> value) {
      double first = mean(ofBefore, value);
      double second = mean(ofAfter, value);
      beforeFigures.computeIfAbsent(name, n -> new Series()).add(first);
      afterFigures.computeIfAbsent(name, n -> new Series()).add(second);
      System.out.printf(
          Locale.ROOT,
          "  %-46s before %,9.1f  after %,9.1f  ÷ %.3f%n",
          name,
          first,
          second,
          second / first);
    }

    private static double mean(
        List<Meter.Reading> readings, ToDoubleFunction<Meter.Reading> value) {
      return readings.stream().mapToDouble(value).average().orElseThrow();
    }
  }

  private void report() {
    System.out.printf("%n| figure | before | after | after ÷ before |%n|---|---|---|---|%n");
    afterFigures.forEach(
        (name, series) ->
            System.out.printf(
                "| %s | %s | %s | %s |%n",
                name,
                beforeFigures.get(name).text("%,.1f"),
                series.text("%,.1f"),
                series.over(beforeFigures.get(name)).text("%.3f")));
    System.out.println();
  }

  private boolean whole(Build build) throws IOException, InterruptedException {
    boolean whole = build.product().verify(build.database());
    System.out.printf("%s: its books are %s%n", build.name(), whole ? "whole" : "NOT whole");
    return whole;
  }

  /** For programs: one line a ratio. */
  private void ratios() {
    afterFigures.forEach(
        (name, series) -> {
          Series ratio = series.over(beforeFigures.get(name));
          String id = "after-over-before-" + Goal.id(name);
          System.out.println(
              name.equals(SERVER)
                  ? Goal.atMost(id, name, ratio, SERVER_MUST, SERVER_MUST).line()
                  : Goal.line(id, ratio, "- -"));
        });
  }
}
