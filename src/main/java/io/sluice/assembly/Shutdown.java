package io.sluice.assembly;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be undone at the end, the last first. A signal does that and ends the process with 0;
 * without this the JVM would end it with 143.
 */
public final class Shutdown {
  private static final long START_TIMEOUT_S = 60;

  /** What a process ends with that did as it was told. */
  private static final int DONE = 0;

  private final Deque<Step> steps = new ArrayDeque<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final Runnable halt;
  private boolean done;

  public Shutdown() {
    this(Shutdown::endProcess);
  }

  /** {@code halt} ends the process, after its last line has been logged. */
  Shutdown(Runnable halt) {
    this.halt = halt;
  }

  private record Step(String name, Runnable action) {}

  /** From now on SIGTERM, SIGINT and SIGHUP run the steps. */
  public void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "shutdown"));
  }

  /** Adds a step. */
  public synchronized void add(String name, Runnable action) {
    steps.push(new Step(name, action));
  }

  /** Nothing more is added: a signal that came during the start is obeyed now. */
  public void started() {
    started.countDown();
  }

  /** Runs the steps, once. One that fails does not keep the next from running. */
  public void run() {
    undo();
    end.countDown();
  }

  private void undo() {
    started();
    Deque<Step> todo;
    synchronized (this) {
      done = true;
      todo = new ArrayDeque<>(steps);
      steps.clear();
    }
    todo.forEach(Shutdown::run);
  }

  /** Returns when {@link #run} has undone everything. A signal ends the process instead. */
  public void awaitEnd() throws InterruptedException {
    end.await();
  }

  /** Whether {@link #awaitEnd} would return at once. */
  boolean isOver() {
    return end.getCount() == 0;
  }

  /**
   * Undoes everything and ends the process. Whoever waits for the end is not let go, because the
   * main thread would close the log before its last line.
   */
  void onSignal() {
    synchronized (this) {
      if (done) {
        return;
      }
    }
    Logger log = LoggerFactory.getLogger(Shutdown.class);
    log.info("Stopping");
    awaitStart();
    undo();
    log.info("Stopped");
    halt.run();
  }

  /** Returning from a signal would let the JVM end with the signal's own exit code. */
  private static void endProcess() {
    flushLogs();
    Runtime.getRuntime().halt(DONE);
  }

  /** What is half started could not be stopped properly. */
  private void awaitStart() {
    try {
      if (!started.await(START_TIMEOUT_S, TimeUnit.SECONDS)) {
        LoggerFactory.getLogger(Shutdown.class).warn("Stopping in the middle of the start");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Step step) {
    Logger log = LoggerFactory.getLogger(Shutdown.class);
    try {
      log.debug("{}", step.name());
      step.action().run();
    } catch (Exception e) {
      // A step that waits throws what it waited for, checked or not.
      log.warn("{} failed", step.name(), e);
    }
  }

  /** Log lines wait in a queue. */
  public static void flushLogs() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof ch.qos.logback.classic.LoggerContext context) {
      context.stop();
    }
  }
}
