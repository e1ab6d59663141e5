package io.sluice.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.sluice.gateway.AccessLine;
import io.sluice.operations.LogLoss;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the access log to standard output. An event loop only leaves its line here; a thread puts
 * all that have gathered into words and writes them at once. Where the reader of the output stalls,
 * no event loop waits: lines are dropped then, counted, and the log says how many.
 */
public final class AccessAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  static final int MAX_WAITING_LINES = 16_384;

  /** How long lines gather while there are many, and how late one is in the output at most. */
  private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** How long the last lines of a process may take to get out. */
  private static final long LAST_LINES_MS = 5_000;

  private final PrintStream output;
  private final LineBuffer words = new LineBuffer();
  private AccessForm form = AccessForm.text(words, ZoneId.systemDefault());
  private Gathered gathering = new Gathered();
  private Gathered writing = new Gathered();
  private Thread writer;
  private volatile boolean resting;
  private volatile boolean ending;

  /** Lines in the order of their arrival. */
  private static final class Gathered {
    private final long[] times = new long[MAX_WAITING_LINES];
    private final String[] threads = new String[MAX_WAITING_LINES];
    private final AccessLine[] lines = new AccessLine[MAX_WAITING_LINES];
    private int count;
    private long dropped;

    void add(long epochMillis, String thread, AccessLine line) {
      if (count == MAX_WAITING_LINES) {
        dropped++;
        return;
      }
      times[count] = epochMillis;
      threads[count] = thread;
      lines[count] = line;
      count++;
    }

    void clear() {
      Arrays.fill(lines, 0, count, null);
      count = 0;
      dropped = 0;
    }
  }

  /** Writes to this process's standard output. */
  public AccessAppender() {
    this(System.out);
  }

  /**
   * Writes to somewhere else.
   *
   * @param output may block; nobody waits for it
   */
  public AccessAppender(PrintStream output) {
    this.output = output;
  }

  /**
   * Chooses how lines look.
   *
   * @param name of a {@link io.sluice.config.LogFormat}, in lower case
   */
  public void setForm(String name) {
    form =
        name.equals("json")
            ? AccessForm.json(words)
            : AccessForm.text(words, ZoneId.systemDefault());
  }

  @Override
  public void start() {
    ending = false;
    writer = Thread.ofPlatform().name("access-log").daemon().unstarted(this::write);
    writer.start();
    super.start();
  }

  /** Writes what has gathered. */
  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    ending = true;
    LockSupport.unpark(writer);
    try {
      writer.join(LAST_LINES_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    if (arguments != null && arguments.length > 0 && arguments[0] instanceof AccessLine line) {
      gather(event.getTimeStamp(), Thread.currentThread().getName(), line);
    }
  }

  private void gather(long epochMillis, String thread, AccessLine line) {
    synchronized (this) {
      gathering.add(epochMillis, thread, line);
    }
    if (resting) {
      LockSupport.unpark(writer);
    }
  }

  private synchronized Gathered swap() {
    Gathered full = gathering;
    gathering = writing;
    writing = full;
    return full;
  }

  private synchronized boolean isEmpty() {
    return gathering.count == 0;
  }

  private void write() {
    while (!ending) {
      writeGathered();
      LockSupport.parkNanos(this, GATHERING_NANOS);
      rest();
    }
    writeGathered();
  }

  private void rest() {
    resting = true;
    while (isEmpty() && !ending) {
      LockSupport.park(this);
    }
    resting = false;
  }

  private void writeGathered() {
    Gathered full = swap();
    for (int i = 0; i < full.count; i++) {
      form.add(full.times[i], full.threads[i], full.lines[i]);
    }
    if (full.dropped > 0) {
      LogLoss.ACCESS.add(full.dropped);
      form.addDropped(System.currentTimeMillis(), writer.getName(), full.dropped);
    }
    full.clear();
    if (words.length() > 0) {
      output.write(words.bytes(), 0, words.length());
      output.flush();
      words.clear();
    }
  }
}
