package io.sluice.loadtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process of this benchmark's own: started here, ended here. */
final class Child implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MS = 5;

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /** Starts a main class on this process's own class path. */
  static Child start(
      String mainClass,
      List<String> flags,
      List<String> arguments,
      Map<String, String> environment,
      Path log)
      throws IOException {
    var all = new ArrayList<>(flags);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    all.addAll(arguments);
    return start(all, environment, log);
  }

  /**
   * Starts Java.
   *
   * @param arguments everything that follows {@code java}
   */
  static Child start(List<String> arguments, Map<String, String> environment, Path log)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new Child(builder.start());
  }

  /** Waits until a URL on loopback answers 200. */
  void awaitAnswer(String url) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < limit) {
        if (!process.isAlive()) {
          throw new IllegalStateException("the process ended with " + process.exitValue());
        }
        if (answers(client, request)) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
    throw new IllegalStateException(url + " did not answer within " + START_LIMIT);
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Waits until it ends by itself; its exit status. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  long pid() {
    return process.pid();
  }

  /** The most memory that the process ever had resident, in MiB. */
  long peakResidentMiB() throws IOException {
    return statusKiB("VmHWM:") / 1_024;
  }

  /** What the process has resident now, in MiB. */
  long residentMiB() throws IOException {
    return statusKiB("VmRSS:") / 1_024;
  }

  private long statusKiB(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /** Asks the process to stop, and makes it after ten seconds. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
