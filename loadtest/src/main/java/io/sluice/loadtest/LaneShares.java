package io.sluice.loadtest;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Which share of their time lanes spend on what. */
record LaneShares(String lanes, Load load, List<LaneBatch> batches, ProcessStates states) {
  static final String HEADING =
      """
      | lanes | transfers/s | batch | lane: lock | decide | write and commit | between batches \
      | its process: runs or could | disk | waits | none of them runs | a processor is free |
      |---|---|---|---|---|---|---|---|---|---|---|---|\
      """;

  String line() {
    double lock = share(LaneBatch::locked);
    double decide = share(batch -> batch.decided().minus(batch.locked()));
    double commit = share(batch -> batch.whole().minus(batch.decided()));
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.0f | %s | %s | %s | %s | %s | %s | %s | %s | %s |",
        lanes,
        load.perSecond(),
        batches.stream().mapToInt(LaneBatch::commands).average().orElse(0),
        percent(lock),
        percent(decide),
        percent(commit),
        percent(1 - lock - decide - commit),
        percent(states.share('R')),
        percent(states.share('D')),
        percent(states.share('S')),
        percent(states.noneRuns()),
        percent(states.idleShare()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private double share(Function<LaneBatch, Duration> part) {
    var processes = new HashSet<Integer>();
    Map<Integer, Long> nanos = new HashMap<>();
    for (LaneBatch batch : batches) {
      processes.add(batch.process());
      nanos.merge(batch.process(), part.apply(batch).toNanos(), Long::sum);
    }
    double all = Duration.between(states.from(), states.to()).toNanos() * (double) processes.size();
    return nanos.values().stream().mapToLong(Long::longValue).sum() / all;
  }
}
