package io.sluice.loadtest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What processes have taken of the processors, as Linux counts it, in microseconds. */
final class ProcessorTime {
  private static final Path PROC = Path.of("/proc");

  /** Linux counts for users in hundredths of a second on every platform that Java runs on. */
  private static final long MICROS_A_TICK = 10_000;

  /** Where the fields are, counted from the state, which follows the name in parentheses. */
  private static final int PARENT = 1;

  private static final int OWN_TICKS = 11;
  private static final int REAPED_TICKS = 13;

  private ProcessorTime() {}

  /** Of one process, all its threads. */
  static long of(long pid) {
    return MICROS_A_TICK * ticks(fields(pid), OWN_TICKS);
  }

  /**
   * Of a process and its children, those that have ended included: what a PostgreSQL server has
   * taken for all connections since it started.
   */
  static long ofFamily(long pid) {
    String[] parent = fields(pid);
    long ticks = ticks(parent, OWN_TICKS) + ticks(parent, REAPED_TICKS);
    for (String[] each : processes()) {
      if (Long.parseLong(each[PARENT]) == pid) {
        ticks += ticks(each, OWN_TICKS);
      }
    }
    return MICROS_A_TICK * ticks;
  }

  /** As user and in the system. */
  private static long ticks(String[] fields, int first) {
    return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
  }

  private static List<String[]> processes() {
    var all = new ArrayList<String[]>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path directory : directories) {
        try {
          all.add(fields(directory));
        } catch (IOException endedMeanwhile) {
          // Its parent counts it.
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  private static String[] fields(long pid) {
    try {
      return fields(PROC.resolve(Long.toString(pid)));
    } catch (IOException e) {
      throw new IllegalStateException("process " + pid + " has ended", e);
    }
  }

  private static String[] fields(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }
}
