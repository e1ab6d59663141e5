package io.sluice.loadtest;

import io.sluice.store.Database;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the processes that serve lanes are doing, looked at a thousand times a second, and how many
 * tasks of the whole machine want a processor at that moment.
 */
final class ProcessStates implements Runnable {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final String OF_LANES =
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'sluice-lane'"
          + " AND datname = current_database()";

  /**
   * One look.
   *
   * @param runnable tasks that run or could, without the one that looks
   * @param states a letter of Linux for each process: R runs or could, D waits for the disk, S for
   *     anything else
   */
  record Look(Instant at, int runnable, Map<Integer, Character> states) {}

  private final Map<Integer, RandomAccessFile> processes = new LinkedHashMap<>();
  private final RandomAccessFile load = new RandomAccessFile("/proc/loadavg", "r");
  private final List<Look> looks = new ArrayList<>();
  private final Thread thread = new Thread(this, "process states");
  private volatile boolean stopped;

  private ProcessStates(Database database) throws SQLException, IOException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(OF_LANES)) {
      while (rows.next()) {
        int process = rows.getInt(1);
        processes.put(process, new RandomAccessFile("/proc/" + process + "/stat", "r"));
      }
    }
  }

  static ProcessStates watch(Database database) throws SQLException, IOException {
    var states = new ProcessStates(database);
    states.thread.start();
    return states;
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  @Override
  public void run() {
    long next = System.nanoTime();
    while (!stopped) {
      looks.add(look());
      next += PERIOD_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private Look look() {
    try {
      var states = new LinkedHashMap<Integer, Character>();
      for (var process : processes.entrySet()) {
        String stat = read(process.getValue());
        states.put(process.getKey(), stat.charAt(stat.lastIndexOf(')') + 2));
      }
      String tasks = read(load).split(" ")[3];
      int runnable = Integer.parseInt(tasks.substring(0, tasks.indexOf('/'))) - 1;
      return new Look(Instant.now(), runnable, states);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(RandomAccessFile file) throws IOException {
    byte[] bytes = new byte[512];
    file.seek(0);
    int length = file.read(bytes);
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }

  List<Look> looks() {
    return looks;
  }

  Instant from() {
    return looks.getFirst().at();
  }

  Instant to() {
    return looks.getLast().at();
  }

  /** The share of looks at which fewer tasks wanted a processor than there are. */
  double idleShare() {
    int processors = Runtime.getRuntime().availableProcessors();
    return share(looks.stream().filter(look -> look.runnable() < processors).count());
  }

  /** The share of looks, over all lanes' processes, at which they were in this state. */
  double share(char state) {
    long count =
        looks.stream()
            .flatMap(look -> look.states().values().stream())
            .filter(each -> each == state)
            .count();
    return share(count) / Math.max(1, processes.size());
  }

  /** The share of looks at which no lane's process ran or could have. */
  double noneRuns() {
    return share(looks.stream().filter(look -> !look.states().containsValue('R')).count());
  }

  private double share(long count) {
    return (double) count / looks.size();
  }
}
