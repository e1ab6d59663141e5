package io.sluice.assembly;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of a step of a start that takes long, again and again, that it is still under way: whoever
 * looks on can tell a slow machine or large books from a process that hangs.
 */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  /** For people at a console, who give up on what is silent for much longer. */
  static final Progress SHOWN = new Progress(Duration.ofSeconds(5));

  /** What blocks until it is done. */
  interface Step<T, E extends Exception> {
    T take() throws E;
  }

  private final Duration pause;

  /**
   * @param pause between two lines, and before the first
   */
  Progress(Duration pause) {
    this.pause = pause;
  }

  /**
   * Takes a step, on this thread.
   *
   * @param what is done, as in "it takes long to …"
   * @return what the step returns; what it throws is thrown
   */
  <T, E extends Exception> T during(String what, Step<T, E> step) throws E {
    var done = new CountDownLatch(1);
    Thread.ofPlatform().daemon().name("progress").start(() -> tell(what, done));
    try {
      return step.take();
    } finally {
      done.countDown();
    }
  }

  private void tell(String what, CountDownLatch done) {
    long begun = System.nanoTime();
    try {
      while (!done.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        long s = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        LOG.info("It takes long to {}: {} s so far", what, s);
      }
    } catch (InterruptedException _) {
      // Whoever ends the process interrupts its threads.
    }
  }
}
