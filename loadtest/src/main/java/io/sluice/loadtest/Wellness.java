package io.sluice.loadtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a gateway says of its own health, asked as an orchestrator asks. */
final class Wellness {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long POLL_MS = 100;

  /** As long as this nothing may be wrong any more before it counts as well again. */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(8);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String health;

  Wellness(int managementPort) {
    this.health = "http://127.0.0.1:" + managementPort + "/health/";
  }

  boolean isWell() throws InterruptedException {
    return answers("live") && isReady();
  }

  boolean isReady() throws InterruptedException {
    return answers("ready");
  }

  /**
   * Asks until all has been well for a while.
   *
   * @param atMost after which it is given up
   * @return seconds from now to the last time that something was wrong
   */
  double secondsUntilWell(Duration atMost) throws InterruptedException {
    long begun = System.nanoTime();
    long wrong = begun;
    while (System.nanoTime() - wrong < SETTLED_NANOS && wrong - begun <= atMost.toNanos()) {
      if (!isWell()) {
        wrong = System.nanoTime();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return (wrong - begun) / 1e9;
  }

  private boolean answers(String check) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(health + check)).timeout(PATIENCE).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notAnswered) {
      return false;
    }
  }
}
