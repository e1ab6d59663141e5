package io.sluice.loadtest.gatling;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Draws a payer, a receiver and a fresh key for each request, as the workload wants them. */
final class Pairs {
  private static final double ZIPF_EXPONENT = 1.1;

  private final List<String> accounts;
  private final double[] cumulative;

  Pairs(List<String> accounts) {
    this.accounts = accounts;
    this.cumulative = new double[accounts.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += 1 / Math.pow(i + 1, ZIPF_EXPONENT);
      cumulative[i] = sum;
    }
  }

  /** The variables {@code source}, {@code destination} and {@code key} of the next request. */
  Map<String, Object> next() {
    int source = source();
    int destination = destination(source);
    return Map.of(
        "source", accounts.get(source),
        "destination", accounts.get(destination),
        "key", UUID.randomUUID().toString());
  }

  private int source() {
    return switch (Options.WORKLOAD) {
      case "hot-source" -> 0;
      case "hot-destination" -> 1 + random(accounts.size() - 1);
      case "zipf" -> zipf();
      default -> random(accounts.size());
    };
  }

  private int destination(int source) {
    if (Options.WORKLOAD.equals("hot-destination")) {
      return 0;
    }
    int drawn = Options.WORKLOAD.equals("zipf") ? zipf() : random(accounts.size());
    return drawn == source ? (drawn + 1) % accounts.size() : drawn;
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  private int zipf() {
    double drawn = ThreadLocalRandom.current().nextDouble() * cumulative[cumulative.length - 1];
    int place = Arrays.binarySearch(cumulative, drawn);
    return place < 0 ? -place - 1 : place;
  }
}
