package io.sluice.loadtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every figure of a comparison, one value a round. */
final class Measurements {
  static final List<Integer> SWEEP = List.of(1, 8, 64, 256, 1_024);

  private static final List<Integer> PGBENCH_CLIENTS = List.of(4, 16);
  private static final int CONNECTIONS = 256;
  private static final int IN_FLIGHT = 512;

  private final Rig rig;
  private final int seconds;
  private final Map<String, Series> figures = new LinkedHashMap<>();
  private long errors;

  Measurements(Rig rig, int seconds) {
    this.rig = rig;
    this.seconds = seconds;
  }

  Series figure(String name) {
    return figures.computeIfAbsent(name, n -> new Series());
  }

  Map<String, Series> all() {
    return figures;
  }

  /** Requests that were not answered with success, over all rounds. */
  long errors() {
    return errors;
  }

  void round() throws Exception {
    for (Workload workload : List.of(Workload.UNIFORM, Workload.HOT_SOURCE)) {
      compare(workload);
    }
    other(Workload.HOT_DESTINATION);
    other(Workload.ZIPF);
    add("ceiling", rig.ceiling().perSecond(seconds));
    add("function over http", http(rig.function(), Workload.UNIFORM, CONNECTIONS, 0));
    alone();
    halfLoad();
    sweep();
    add("start ms", rig.startMs());
    add("resident MiB", rig.product().process().peakResidentMiB());
  }

  private void compare(Workload workload) throws Exception {
    add("pgbench function " + workload.label(), best("function", workload));
    add("pgbench interactive " + workload.label(), best("interactive", workload));
    other(workload);
  }

  private void other(Workload workload) {
    Load inProcess = rig.pipeline(workload, IN_FLIGHT, 1, seconds);
    errors += inProcess.errors();
    add("pipeline " + workload.label(), inProcess.perSecond());
    add("http " + workload.label(), http(rig.product().target(), workload, CONNECTIONS, 0));
  }

  private double best(String design, Workload workload) throws Exception {
    double best = 0;
    for (int clients : PGBENCH_CLIENTS) {
      best = Math.max(best, rig.pgbench().perSecond(design, workload, clients, seconds));
    }
    return best;
  }

  private void alone() {
    Load batched = load(rig.product().target(), Workload.UNIFORM, 1, 0);
    Load single = load(rig.unbatched().target(), Workload.UNIFORM, 1, 0);
    add("p50 alone ms", batched.p50Micros() / 1e3);
    add("p50 alone unbatched ms", single.p50Micros() / 1e3);
  }

  private void halfLoad() {
    long half = (long) (figure("http uniform").median() / 2);
    Load open = load(rig.product().target(), Workload.UNIFORM, CONNECTIONS, half);
    add("half load /s", open.perSecond());
    add("half load p99 ms", open.p99Micros() / 1e3);
  }

  private void sweep() {
    for (int connections : SWEEP) {
      Load load = load(rig.product().target(), Workload.UNIFORM, connections, 0);
      add("sweep " + connections + " /s", load.perSecond());
      add("sweep " + connections + " p50 ms", load.p50Micros() / 1e3);
      add("sweep " + connections + " p99 ms", load.p99Micros() / 1e3);
    }
  }

  private double http(Target target, Workload workload, int connections, long rate) {
    return load(target, workload, connections, rate).perSecond();
  }

  private Load load(Target target, Workload workload, int connections, long rate) {
    Load load = rig.http(target, workload, connections, rate, 1, seconds);
    errors += load.errors();
    return load;
  }

  private void add(String name, double value) {
    figure(name).add(value);
    System.out.printf("  %-36s %,.2f%n", name, value);
  }
}
