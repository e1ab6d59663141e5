package io.sluice.loadtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the machine is like while it is measured on: how quickly its disk makes a write durable, and
 * how much of its processors others took. Ratios differ from machine to machine with the first and
 * from hour to hour with the second.
 */
final class Machine {
  private static final Pattern FDATASYNC = Pattern.compile("fdatasync +([0-9.]+) ops/sec.*");
  private static final int BLOCK_BYTES = 8_192;
  private static final long LOOP_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** The fields of the first line of {@code /proc/stat}: user, nice, system, idle, … */
  private static final int IDLE = 3;

  private static final int STEAL = 7;

  /** Those after it are counted in user and nice already. */
  private static final int COUNTED = 8;

  private final double fdatasyncs;
  private final String by;
  private final long[] before = ticks();

  private Machine(double fdatasyncs, String by) {
    this.fdatasyncs = fdatasyncs;
    this.by = by;
  }

  /**
   * Measures the disk, which takes some seconds, and begins to watch the processors.
   *
   * @param directory on the disk in question
   */
  static Machine watch(Path directory) throws IOException, InterruptedException {
    Optional<Path> program =
        InstalledServer.find()
            .map(programs -> programs.resolve("pg_test_fsync"))
            .filter(Files::isExecutable);
    Path file = directory.resolve("fdatasync");
    if (program.isPresent()) {
      double said = test(program.get(), file);
      if (said > 0) {
        return new Machine(said, "pg_test_fsync");
      }
    }
    return new Machine(loop(file), "a loop of its own");
  }

  /** Writes of one block made durable, a second. */
  double fdatasyncs() {
    return fdatasyncs;
  }

  /** What it says first is enough: it is ended as soon as it has said it. */
  private static double test(Path program, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString(), "-s", "2", "-f", file.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher matcher = FDATASYNC.matcher(line.strip());
        if (matcher.matches()) {
          return Double.parseDouble(matcher.group(1));
        }
      }
      return 0;
    } finally {
      process.destroy();
      process.waitFor();
      Files.deleteIfExists(file);
    }
  }

  private static double loop(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
      channel.write(block, 0);
      channel.force(true);
      long started = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - started < LOOP_NANOS) {
        channel.write(block.clear(), 0);
        channel.force(false);
        count++;
      }
      return count * 1e9 / (System.nanoTime() - started);
    }
  }

  private static long[] ticks() {
    try (BufferedReader stat = Files.newBufferedReader(Path.of("/proc/stat"))) {
      return Arrays.stream(stat.readLine().split(" +"))
          .skip(1)
          .limit(COUNTED)
          .mapToLong(Long::parseLong)
          .toArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double share(long[] before, long[] now, int field) {
    long all = Arrays.stream(now).sum() - Arrays.stream(before).sum();
    return all == 0 ? 0 : (double) (now[field] - before[field]) / all;
  }

  @Override
  public String toString() {
    long[] now = ticks();
    return String.format(
        Locale.ROOT,
        "fdatasync %,.0f/s (%s); since then stolen from this machine %.2f %%, idle %.1f %%",
        fdatasyncs,
        by,
        100 * share(before, now, STEAL),
        100 * share(before, now, IDLE));
  }
}
