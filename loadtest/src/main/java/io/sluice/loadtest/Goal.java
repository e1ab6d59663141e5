package io.sluice.loadtest;

import java.util.Locale;

/**
 * A figure, and what it must and would ideally reach.
 *
 * @param id the name for programs
 * @param atLeast whether it is to be that or more; else that or less
 * @param everyRound whether each round must reach it; else their median
 */
record Goal(
    String id,
    String name,
    Series value,
    boolean atLeast,
    double mustBe,
    double stretch,
    boolean everyRound) {
  static Goal atLeast(String id, String name, Series value, double must, double stretch) {
    return new Goal(id, name, value, true, must, stretch, false);
  }

  static Goal atMost(String id, String name, Series value, double must, double stretch) {
    return new Goal(id, name, value, false, must, stretch, false);
  }

  /** The same for every round. */
  Goal inEveryRound() {
    return new Goal(id, name, value, atLeast, mustBe, stretch, true);
  }

  /** A name for programs out of one for people. */
  static String id(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace("µs", "micros")
        .replace("/s", "per-second")
        .replaceAll("[^a-z0-9]+", "-");
  }

  /** For programs: name, value, and what follows. */
  static String line(String id, Series value, String rest) {
    return String.format(Locale.ROOT, "%s %.3f %s", id, value.median(), rest);
  }

  /** For programs: {@code name value must}, whether it is met included. */
  String line() {
    return line(id, value, bound(mustBe) + (met() ? " YES" : " NO"));
  }

  /** For people. */
  String row() {
    return String.format(
        "| %s | %s | %s%s | %s | %s |%n",
        name,
        value.text("%,.2f"),
        bound(mustBe),
        everyRound ? ", every round" : "",
        bound(stretch),
        met() ? "yes" : "**no**");
  }

  private boolean met() {
    double judged = value.median();
    if (everyRound) {
      judged = atLeast ? value.min() : value.max();
    }
    return atLeast ? judged >= mustBe : judged <= mustBe;
  }

  private String bound(double limit) {
    String text = limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    return (atLeast ? "≥" : "≤") + text;
  }
}
