package io.sluice.loadtest;

import java.util.Arrays;
import java.util.Random;

/** Which account pays and which receives. */
enum Workload {
  UNIFORM("uniform"),
  HOT_SOURCE("hot-source"),
  HOT_DESTINATION("hot-destination"),
  ZIPF("zipf");

  private static final double ZIPF_EXPONENT = 1.1;

  private final String label;

  Workload(String label) {
    this.label = label;
  }

  /** As in the file names of the pgbench scripts. */
  String label() {
    return label;
  }

  static Workload of(String label) {
    return Arrays.stream(values())
        .filter(w -> w.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no workload " + label));
  }

  /** Draws pairs of different accounts out of {@code accounts}, by index. */
  Picker picker(int accounts, long seed) {
    return new Picker(this, accounts, new Random(seed));
  }

  /** Draws pairs; for one thread. */
  static final class Picker {
    private final Workload workload;
    private final int accounts;
    private final Random random;
    private final double[] cumulative;
    private int hotPercent;
    private int source;
    private int destination;

    private Picker(Workload workload, int accounts, Random random) {
      this.workload = workload;
      this.accounts = accounts;
      this.random = random;
      this.cumulative = workload == ZIPF ? zipf(accounts) : new double[0];
    }

    /** At random, but for so many percent that are debited to the first account. */
    static Picker hot(int accounts, long seed, int percent) {
      Picker picker = UNIFORM.picker(accounts, seed);
      picker.hotPercent = percent;
      return picker;
    }

    private static double[] zipf(int accounts) {
      double[] sums = new double[accounts];
      double sum = 0;
      for (int i = 0; i < accounts; i++) {
        sum += 1 / Math.pow(i + 1, ZIPF_EXPONENT);
        sums[i] = sum;
      }
      for (int i = 0; i < accounts; i++) {
        sums[i] /= sum;
      }
      return sums;
    }

    /** Draws the next pair. */
    void next() {
      switch (workload) {
        case UNIFORM -> {
          boolean hot = hotPercent > 0 && random.nextInt(100) < hotPercent;
          source = hot ? 0 : random.nextInt(accounts);
          destination = other(random.nextInt(accounts - 1));
        }
        case HOT_SOURCE -> {
          source = 0;
          destination = 1 + random.nextInt(accounts - 1);
        }
        case HOT_DESTINATION -> {
          source = 1 + random.nextInt(accounts - 1);
          destination = 0;
        }
        case ZIPF -> {
          source = draw();
          do {
            destination = draw();
          } while (destination == source);
        }
      }
    }

    private int other(int index) {
      return index >= source ? index + 1 : index;
    }

    private int draw() {
      int place = Arrays.binarySearch(cumulative, random.nextDouble());
      return Math.min(accounts - 1, place < 0 ? -place - 1 : place);
    }

    int source() {
      return source;
    }

    int destination() {
      return destination;
    }
  }
}
