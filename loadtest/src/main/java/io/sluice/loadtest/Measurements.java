package io.sluice.loadtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * Every figure of a comparison, one value a round. What is compared is measured in slices, taken in
 * turn within the round, so that both sides see the same noise.
 */
final class Measurements {
  static final List<Integer> SWEEP = List.of(1, 8, 64, 256, 1_024);

  /** What follows a load's name where it is what a transfer took. */
  static final String SERVER_MICROS = " PostgreSQL µs";

  static final String CLIENT_MICROS = " its process µs";
  static final String BOTH_MICROS = " both µs";
  static final String WAL_BYTES = " WAL bytes";
  static final String DISK_BYTES = " disk bytes";

  /** Lines of requests of lines. */
  static final String BULK = "bulk uniform";

  private static final String PAGE_IMAGES = " page images";

  private static final List<Integer> PGBENCH_CLIENTS = List.of(4, 16);
  private static final String FUNCTION = "function";
  private static final String HALF_LOAD = "half load";
  private static final int CONNECTIONS = 256;
  private static final int IN_FLIGHT = 512;
  private static final int SLICES = 2;

  /** One stall of the disk must not decide. */
  private static final int HALF_LOAD_SLICES = 5;

  /** A single request at a time says little in a second; many short turns say more than few. */
  private static final int ALONE_SLICES = 10;

  /** A single disturbance must not make the tail of one side only. */
  private static final int FAIRNESS_SLICES = 4;

  private final Rig rig;
  private final int seconds;
  private final Map<String, Series> figures = new LinkedHashMap<>();
  private long errors;

  /**
   * @param seconds how long each figure is measured in a round
   */
  Measurements(Rig rig, int seconds) {
    this.rig = rig;
    this.seconds = seconds;
  }

  /** Empty if it was not measured. */
  Series figure(String name) {
    return figures.getOrDefault(name, new Series());
  }

  Map<String, Series> all() {
    return figures;
  }

  /** Requests that were not answered with success, over all rounds. */
  long errors() {
    return errors;
  }

  /**
   * Measures everything once.
   *
   * @param brief leaves out what the other figures do not need
   */
  void round(boolean brief) throws Exception {
    // First, while nothing else has been asked of anyone since the checkpoint.
    add("start ms", rig.startMs());
    Settling.settle(() -> ofGateway(Workload.UNIFORM, slice(SLICES)).spent());
    List<String> designs = brief ? List.of(FUNCTION) : List.of(FUNCTION, "interactive");
    var uniform = new Turns(slice(SLICES));
    var hot = new Turns(slice(SLICES));
    for (int i = 0; i < SLICES; i++) {
      hands(uniform, designs, Workload.UNIFORM);
      ours(uniform, Workload.UNIFORM);
      bulk(uniform);
      uniform.load("function over http", s -> http(rig.function(), Workload.UNIFORM, s));
      uniform.figure("ceiling", rig.ceiling().perSecond(slice(SLICES)));
    }
    for (int i = 0; i < SLICES; i++) {
      hands(hot, designs, Workload.HOT_SOURCE);
      ours(hot, Workload.HOT_SOURCE);
    }
    throughput(uniform);
    throughput(hot);
    if (!brief) {
      var others = new Turns(seconds);
      ours(others, Workload.HOT_DESTINATION);
      ours(others, Workload.ZIPF);
      throughput(others);
    }
    alone();
    halfLoad(brief ? 1 : HALF_LOAD_SLICES);
    if (!brief) {
      fairness();
      sweep();
    }
    add("resident MiB", rig.product().process().peakResidentMiB());
  }

  private int slice(int slices) {
    return Math.max(1, seconds / slices);
  }

  private void hands(Turns turns, List<String> designs, Workload workload) {
    for (String design : designs) {
      for (int clients : PGBENCH_CLIENTS) {
        turns.reading(
            "pgbench %s %s at %d".formatted(design, workload.label(), clients),
            rig.handMeter()
                .read(
                    OptionalLong.empty(),
                    () -> rig.pgbench().load(design, workload, clients, turns.seconds())));
      }
    }
  }

  private void ours(Turns turns, Workload workload) {
    turns.reading(
        "pipeline " + workload.label(),
        rig.meter()
            .read(
                OptionalLong.of(ProcessHandle.current().pid()),
                () -> rig.pipeline(workload, IN_FLIGHT, 1, turns.seconds())));
    turns.reading("http " + workload.label(), ofGateway(workload, turns.seconds()));
  }

  private void bulk(Turns turns) {
    turns.reading(
        BULK,
        rig.meter()
            .read(
                OptionalLong.of(rig.product().process().pid()),
                () -> rig.bulk(Workload.UNIFORM, 1, turns.seconds())));
  }

  private Meter.Reading ofGateway(Workload workload, int slice) {
    return rig.meter()
        .read(
            OptionalLong.of(rig.product().process().pid()),
            () -> http(rig.product().target(), workload, slice));
  }

  private void throughput(Turns turns) {
    turns.perSecond().forEach(this::add);
    turns.spent().forEach(this::spent);
    for (String design : List.of(FUNCTION, "interactive")) {
      for (Workload workload : Workload.values()) {
        best(turns, "pgbench " + design + " " + workload.label());
      }
    }
    errors += turns.errors();
  }

  private void spent(String name, Spent spent) {
    add(name + SERVER_MICROS, spent.serverMicrosEach());
    if (spent.clientMicros() > 0) {
      add(name + CLIENT_MICROS, spent.clientMicrosEach());
      add(name + BOTH_MICROS, spent.serverMicrosEach() + spent.clientMicrosEach());
      add(name + WAL_BYTES, spent.walBytesEach());
      add(name + PAGE_IMAGES, spent.pageImagesEach());
      add(name + DISK_BYTES, spent.diskBytesEach());
    }
  }

  /** Of the numbers of clients, that with the most throughput. */
  private void best(Turns turns, String name) {
    turns.perSecond().entrySet().stream()
        .filter(each -> each.getKey().startsWith(name + " at "))
        .max(Map.Entry.comparingByValue())
        .ifPresent(
            best -> {
              add(name, best.getValue());
              add(name + SERVER_MICROS, turns.spent().get(best.getKey()).serverMicrosEach());
            });
  }

  private void alone() {
    var turns = new Turns(slice(ALONE_SLICES / 2));
    for (int i = 0; i < ALONE_SLICES; i++) {
      turns.load(
          "p50 alone function over http", s -> closed(rig.function(), Workload.UNIFORM, 1, s));
      turns.load("p50 alone", s -> closed(rig.product().target(), Workload.UNIFORM, 1, s));
      turns.load(
          "p50 alone unbatched", s -> closed(rig.unbatched().target(), Workload.UNIFORM, 1, s));
    }
    turns.loads().forEach((name, load) -> add(name + " ms", load.p50Micros() / 1e3));
    tail("p99 alone", "p50 alone", turns);
    errors += turns.errors();
  }

  private long share(double ofMaximum) {
    return Math.max(1, (long) (figure("http uniform").median() * ofMaximum));
  }

  private void halfLoad(int slices) {
    var turns = new Turns(seconds);
    for (int i = 0; i < slices; i++) {
      turns.load(
          HALF_LOAD,
          s -> rig.http(rig.product().target(), Workload.UNIFORM, CONNECTIONS, share(0.5), 1, s));
    }
    Load open = turns.loads().get(HALF_LOAD);
    add("half load /s", open.perSecond());
    add("half load p50 ms", open.p50Micros() / 1e3);
    tail("half load p99", HALF_LOAD, turns);
    errors += turns.errors();
  }

  /**
   * The median of the slices' 99th percentiles, as a disk that stands still for a moment makes that
   * of a slice; and that of all of them together, which says how often it does.
   */
  private void tail(String name, String load, Turns turns) {
    add(name + " ms", turns.p99Micros(load) / 1e3);
    add(name + " of all ms", turns.loads().get(load).p99Micros() / 1e3);
  }

  private void fairness() {
    var fairness =
        new Fairness(rig, share(Fairness.MEASURED_SHARE), share(Fairness.BACKGROUND_SHARE));
    var turns = new Turns(slice(FAIRNESS_SLICES));
    for (int i = 0; i < FAIRNESS_SLICES; i++) {
      fairness.hotAccount().forEach(turns::load);
      fairness.manyRecipients().forEach(turns::load);
      fairness.bulk().forEach(turns::load);
    }
    turns.loads().keySet().forEach(name -> tail(name, name, turns));
    errors += turns.errors();
  }

  private void sweep() {
    for (int connections : SWEEP) {
      Load load = closed(rig.product().target(), Workload.UNIFORM, connections, seconds);
      add("sweep " + connections + " /s", load.perSecond());
      add("sweep " + connections + " p50 ms", load.p50Micros() / 1e3);
      add("sweep " + connections + " p99 ms", load.p99Micros() / 1e3);
      errors += load.errors();
    }
  }

  private Load http(Target target, Workload workload, int slice) {
    return closed(target, workload, CONNECTIONS, slice);
  }

  private Load closed(Target target, Workload workload, int connections, int slice) {
    return rig.http(target, workload, connections, 0, 1, slice);
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, n -> new Series()).add(value);
    System.out.printf("  %-44s %,.2f%n", name, value);
  }

  /** What is measured in turn, slice by slice, taken together. */
  private static final class Turns {
    private final int seconds;
    private final Map<String, Load> loads = new LinkedHashMap<>();
    private final Map<String, Slices> slices = new LinkedHashMap<>();
    private final Map<String, Spent> spent = new LinkedHashMap<>();
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /**
     * @param seconds of each slice
     */
    Turns(int seconds) {
      this.seconds = seconds;
    }

    int seconds() {
      return seconds;
    }

    void load(String name, IntFunction<Load> run) {
      load(name, run.apply(seconds));
    }

    void reading(String name, Meter.Reading reading) {
      load(name, reading.load());
      spent.merge(name, reading.spent(), Spent::and);
    }

    private void load(String name, Load load) {
      loads.merge(name, load, Load::and);
      slices.computeIfAbsent(name, n -> new Slices()).add(load);
      figure(name, load.perSecond());
    }

    void figure(String name, double perSecond) {
      sums.merge(name, perSecond, Double::sum);
      counts.merge(name, 1, Integer::sum);
    }

    Map<String, Load> loads() {
      return loads;
    }

    /** Of the slices' 99th percentiles, the median. */
    double p99Micros(String name) {
      return slices.get(name).p99Micros();
    }

    Map<String, Spent> spent() {
      return spent;
    }

    Map<String, Double> perSecond() {
      var means = new LinkedHashMap<String, Double>();
      sums.forEach((name, sum) -> means.put(name, sum / counts.get(name)));
      return means;
    }

    long errors() {
      return loads.values().stream().mapToLong(Load::errors).sum();
    }
  }
}
