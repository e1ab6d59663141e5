package io.sluice.loadtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Tries a transfer until a gateway that is just starting answers it. Until something listens it
 * only tries to connect, which costs little of the processors that the start needs.
 */
final class FirstTransfer implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_MS = 5;
  private static final int CREATED = 201;

  private final int port;
  private final HttpRequest request;
  private final HttpClient client = HttpClient.newHttpClient();

  FirstTransfer(Target target) {
    String body =
        "{\"destination_ledger_id\":\"%s\",\"amount\":1,\"transaction_id\":\"%s\"}"
            .formatted(target.ledgers().get(1), UUID.randomUUID());
    port = target.port();
    request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/v1/ledgers/%s/transfer"
                        .formatted(port, target.ledgers().getFirst())))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + target.token())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
  }

  /** Waits until the transfer has succeeded, to within {@value #POLL_MS} milliseconds. */
  void await() throws InterruptedException {
    long limit = System.nanoTime() + LIMIT_NANOS;
    while (System.nanoTime() < limit) {
      if (listens() && status() == CREATED) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    throw new IllegalStateException("no transfer succeeded");
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException notListening) {
      return false;
    }
  }

  private int status() throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
