package io.sluice.dialect.isometric;

import io.sluice.ledger.Ids;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDs that {@link IdCodec} can write: within the process each is larger than the one
 * before, so none comes twice, whatever the clock does.
 *
 * <p>An id has 20 bits beside its millisecond. The first id of a millisecond draws them at random
 * from the lower half, so that two processes seldom meet; the next ones count up from there.
 */
final class IdMaker implements Ids {
  private static final int RANDOM_BITS = IdCodec.TAIL_BITS - 1;
  private static final int TAIL_MASK = (1 << IdCodec.TAIL_BITS) - 1;

  private final Clock clock;

  // The last id: milliseconds, then its tail. Counting past the tail moves on to the next
  // millisecond by itself. 63 bits are enough until the year 2248.
  private final AtomicLong last = new AtomicLong();

  IdMaker(Clock clock) {
    this.clock = clock;
  }

  @Override
  public UUID next() {
    long random = ThreadLocalRandom.current().nextInt(1 << RANDOM_BITS);
    long fresh = clock.millis() << IdCodec.TAIL_BITS | random;
    long id = last.updateAndGet(previous -> next(previous, fresh));
    return IdCodec.uuid(id >>> IdCodec.TAIL_BITS, (int) (id & TAIL_MASK));
  }

  private static long next(long previous, long fresh) {
    boolean newMillisecond = fresh >>> IdCodec.TAIL_BITS > previous >>> IdCodec.TAIL_BITS;
    return newMillisecond ? fresh : previous + 1;
  }
}
