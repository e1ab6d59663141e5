package io.sluice.operations;

import io.sluice.store.StoreException;
import io.sluice.store.Verifier.Progress;
import io.sluice.store.Verifier.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the books beside the gateway's traffic, one run at a time, on a thread of its own. What
 * came of the latest run is kept until the next, in memory.
 */
public final class Verification {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

  /** For how long a run may take. */
  private static final Duration MOST = Duration.ofHours(12);

  private final Verifying verifying;
  private final Clock clock;
  private final Duration most;

  /** Empty before the first run. */
  private Optional<Run> latest = Optional.empty();

  /** Carries a run out; blocks, and fails soon after its thread is interrupted. */
  public interface Verifying {
    Report run(Consumer<Progress> progress);
  }

  public Verification(Verifying verifying, Clock clock) {
    this(verifying, clock, MOST);
  }

  /** A run that takes longer than {@code most} is given up. */
  Verification(Verifying verifying, Clock clock, Duration most) {
    this.verifying = verifying;
    this.clock = clock;
    this.most = most;
  }

  /** How a run ended, or that it has not. */
  sealed interface State {
    record Running() implements State {}

    /** It was stopped, or took too long. */
    record Stopped() implements State {}

    /** The database could not be read. */
    record Failed(String why) implements State {}

    record Done(Report report) implements State {}
  }

  /**
   * A run.
   *
   * @param endedAt empty while it runs
   * @param progress empty before the first step
   */
  record Look(
      State state, Instant startedAt, Optional<Instant> endedAt, Optional<Progress> progress) {}

  /** The latest run; empty before the first. */
  synchronized Optional<Look> look() {
    return latest.map(run -> run.look);
  }

  /** Begins a run; does nothing and returns false where there is one. */
  synchronized boolean start() {
    if (running().isPresent()) {
      return false;
    }
    var run = new Run(clock.instant());
    latest = Optional.of(run);
    run.start();
    return true;
  }

  /** Ends the run, if there is one. */
  public synchronized void stop() {
    running().ifPresent(Run::stop);
  }

  private Optional<Run> running() {
    return latest.filter(run -> run.look.state() instanceof State.Running);
  }

  private synchronized void update(Run run, Look look) {
    run.look = look;
  }

  private final class Run {
    private final Thread thread = Thread.ofPlatform().daemon().name("verify").unstarted(this::run);
    private final ScheduledExecutorService alarm =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("verify-alarm").factory());

    /** Guarded by the lock of the verification. */
    private Look look;

    private Run(Instant now) {
      look = new Look(new State.Running(), now, Optional.empty(), Optional.empty());
    }

    private void start() {
      alarm.schedule(thread::interrupt, most.toMillis(), TimeUnit.MILLISECONDS);
      thread.start();
    }

    private void stop() {
      thread.interrupt();
    }

    private void run() {
      end(outcome());
      alarm.shutdownNow();
    }

    private State outcome() {
      try {
        return new State.Done(verifying.run(this::progress));
      } catch (StoreException e) {
        return Thread.interrupted() ? new State.Stopped() : new State.Failed(e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("a verification failed", e);
        return new State.Failed("something is wrong on our side; see the log");
      }
    }

    private void progress(Progress step) {
      update(this, new Look(look.state(), look.startedAt(), look.endedAt(), Optional.of(step)));
    }

    private void end(State state) {
      update(
          this, new Look(state, look.startedAt(), Optional.of(clock.instant()), look.progress()));
    }
  }
}
