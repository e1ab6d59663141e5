package io.sluice.loadtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A process that runs a build's {@link PipelineWorker}, seen from here. */
final class Worker implements AutoCloseable {
  private static final long STOP_LIMIT_S = 10;

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;

  /**
   * What a load reached.
   *
   * @param processorMicros of the worker in all, the generator's included
   */
  record Result(
      double perSecond, long p50Micros, long p99Micros, long processorMicros, long errors) {
    private static Result of(String line) {
      String[] words = line.split(" ");
      return new Result(
          Double.parseDouble(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[5]));
    }

    /** As a load, without its histogram. */
    Load load(int seconds) {
      long transfers = Math.round(perSecond * seconds);
      return new Load(new Histogram(2), transfers, seconds, errors, transfers);
    }
  }

  private Worker(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param command all of it
   * @param log gets what it says of errors
   */
  static Worker start(List<String> command, Path log) throws IOException {
    var worker =
        new Worker(
            new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    try {
      worker.answer("ready");
    } catch (IllegalStateException | IOException e) {
      worker.close();
      throw e;
    }
    return worker;
  }

  Result load(Workload workload, int seconds) {
    orders.println(workload.label() + " " + seconds);
    try {
      return Result.of(answer("load "));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whatever else it says is passed over: lines of a log for instance. */
  private String answer(String beginning) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new IllegalStateException("the pipeline's worker has ended");
  }

  /** Ends its input, and the process if that does not help. */
  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
