package io.sluice.loadtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Tries a transfer until a gateway that is just starting answers it. */
final class FirstTransfer {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_MS = 5;

  private final HttpRequest request;

  FirstTransfer(Target target) {
    String body =
        "{\"destination_ledger_id\":\"%s\",\"amount\":1,\"transaction_id\":\"%s\"}"
            .formatted(target.ledgers().get(1), UUID.randomUUID());
    request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/v1/ledgers/%s/transfer"
                        .formatted(target.port(), target.ledgers().getFirst())))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + target.token())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
  }

  void await() throws InterruptedException {
    long limit = System.nanoTime() + LIMIT_NANOS;
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < limit) {
        if (status(client) == 201) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
    throw new IllegalStateException("no transfer succeeded");
  }

  private int status(HttpClient client) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException notListening) {
      return 0;
    }
  }
}
