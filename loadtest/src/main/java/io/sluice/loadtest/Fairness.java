package io.sluice.loadtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Whether some clients' transfers hold up those of others. All come at fixed rates, together at
 * half of what the gateway can do, and times count from when a request is due: what differs between
 * two measurements is only what is said to differ, and not how much is asked.
 *
 * <p><b>A hot account</b>: uniform transfers on ledgers of their own, beside as many on other
 * ledgers; those are uniform too, or all debit one ledger.
 *
 * <p><b>Many recipients</b>: Scrip transfers to one recipient on participants of their own, beside
 * transfers to one recipient each, or to a hundred each and a hundredth as many: the same number of
 * legs.
 *
 * <p><b>Bulk</b>: single transfers on ledgers of their own, beside files of lines on other ledgers
 * of the same tenant, which are sent as fast as the gateway takes them, or beside nothing.
 */
final class Fairness {
  /** Of the gateway's maximum: what is measured. */
  static final double MEASURED_SHARE = 0.2;

  /** Of the gateway's maximum: what is beside it. */
  static final double BACKGROUND_SHARE = 0.3;

  /** The share of the accounts that belongs to what is measured. */
  private static final int OWN_ACCOUNTS_PART = 4;

  /** How many recipients the transfers have that are measured beside. */
  static final List<Integer> RECIPIENTS = List.of(1, 100);

  private final Rig rig;
  private final long rate;
  private final long backgroundRate;

  /** Rates in requests a second. */
  Fairness(Rig rig, long rate, long backgroundRate) {
    this.rig = rig;
    this.rate = rate;
    this.backgroundRate = backgroundRate;
  }

  /** Measurements by the name of their 99th percentile, each for some seconds. */
  Map<String, IntFunction<Load>> hotAccount() {
    Target all = rig.product().target();
    Target own = new Target(all.port(), all.token(), own(all.ledgers()));
    Target others = new Target(all.port(), all.token(), others(all.ledgers()));
    var runs = new LinkedHashMap<String, IntFunction<Load>>();
    runs.put("others p99 with nobody beside", s -> beside(own, others, Workload.UNIFORM, 0, s));
    runs.put(
        "others p99 beside uniform", s -> beside(own, others, Workload.UNIFORM, backgroundRate, s));
    runs.put(
        "others p99 beside a hot account",
        s -> beside(own, others, Workload.HOT_SOURCE, backgroundRate, s));
    return runs;
  }

  /** Single transfers at a fixed rate, beside requests of lines that come as fast as they can. */
  Map<String, IntFunction<Load>> bulk() {
    Target all = rig.product().target();
    Target own = new Target(all.port(), all.token(), own(all.ledgers()));
    Target others = new Target(all.port(), all.token(), others(all.ledgers()));
    var runs = new LinkedHashMap<String, IntFunction<Load>>();
    runs.put("single p99 without bulk", s -> beside(own, others, Workload.UNIFORM, 0, s));
    runs.put(
        "single p99 beside bulk",
        s -> rig.besideBulk(Requests.ledger(own, Workload.UNIFORM), rate, others, s));
    return runs;
  }

  private Load beside(Target own, Target others, Workload workload, long besideRate, int seconds) {
    return rig.beside(
        Requests.ledger(own, Workload.UNIFORM),
        rate,
        Requests.ledger(others, workload),
        besideRate,
        seconds);
  }

  /** The same for transfers to many recipients. */
  Map<String, IntFunction<Load>> manyRecipients() {
    ScripTarget own = with(own(rig.scrip().participants()));
    ScripTarget others = with(others(rig.scrip().participants()));
    var runs = new LinkedHashMap<String, IntFunction<Load>>();
    for (int recipients : RECIPIENTS) {
      runs.put(
          "small p99 beside recipients " + recipients, s -> beside(own, others, recipients, s));
    }
    return runs;
  }

  private Load beside(ScripTarget own, ScripTarget others, int recipients, int seconds) {
    return rig.beside(
        Requests.scrip(own, 1),
        rate,
        Requests.scrip(others, recipients),
        Math.max(1, backgroundRate / recipients),
        seconds);
  }

  private ScripTarget with(List<UUID> participants) {
    ScripTarget all = rig.scrip();
    return new ScripTarget(all.port(), all.apiKey(), all.program(), all.asset(), participants);
  }

  private static List<UUID> own(List<UUID> all) {
    return all.subList(0, all.size() / OWN_ACCOUNTS_PART);
  }

  private static List<UUID> others(List<UUID> all) {
    return all.subList(all.size() / OWN_ACCOUNTS_PART, all.size());
  }
}
