package io.sluice.testing;

import java.time.Duration;

/**
 * How long tests wait for what must come. It only ends what hangs: far longer than a busy machine
 * needs, so that no verdict depends on how fast the machine is.
 */
public final class Patience {
  public static final Duration LIMIT = Duration.ofMinutes(5);

  private Patience() {}
}
