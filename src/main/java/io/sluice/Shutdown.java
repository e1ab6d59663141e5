package io.sluice;

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
final class Shutdown {
  private static final long START_TIMEOUT_S = 60;

  private final Deque<Step> steps = new ArrayDeque<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private boolean done;

  private record Step(String name, Runnable action) {}

  /** From now on SIGTERM, SIGINT and SIGHUP run the steps. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "shutdown"));
  }

  /** Adds a step. */
  synchronized void add(String name, Runnable action) {
    steps.push(new Step(name, action));
  }

  /** Nothing more is added: a signal that came during the start is obeyed now. */
  void started() {
    started.countDown();
  }

  /** Runs the steps, once. One that fails does not keep the next from running. */
  void run() {
    started();
    Deque<Step> todo;
    synchronized (this) {
      done = true;
      todo = new ArrayDeque<>(steps);
      steps.clear();
    }
    todo.forEach(Shutdown::run);
    end.countDown();
  }

  /** Returns when everything is undone. */
  void awaitEnd() throws InterruptedException {
    end.await();
  }

  private void onSignal() {
    synchronized (this) {
      if (done) {
        return;
      }
    }
    Logger log = LoggerFactory.getLogger(Shutdown.class);
    log.info("Stopping");
    awaitStart();
    run();
    log.info("Stopped");
    flushLogs();
    // Returning would let the JVM end with the signal's own exit code.
    Runtime.getRuntime().halt(ExitCode.DONE);
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
  static void flushLogs() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof ch.qos.logback.classic.LoggerContext context) {
      context.stop();
    }
  }
}
