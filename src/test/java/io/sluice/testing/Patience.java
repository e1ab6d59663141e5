package io.sluice.testing;

import java.time.Duration;

/**
 * How long tests wait for what must come. It only ends what hangs: far longer than a busy machine
 * needs, so that no verdict depends on how fast the machine is. Mutation testing, in which many
 * tests hang, sets less by a system property.
 */
public final class Patience {
  public static final Duration LIMIT =
      Duration.ofSeconds(Long.getLong("sluice.test.patienceSeconds", 300));

  private Patience() {}
}
