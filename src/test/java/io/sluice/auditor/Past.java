package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Earlier requests that used up an idempotency key, to be sent again. */
final class Past {
  private static final int MAX_REMEMBERED = 50;

  private final Random random;
  private final List<Request> requests = new ArrayList<>();

  /** A request, the answer it got, and the status of the answer when it comes again. */
  record Request(TestClient client, String path, String body, Reply reply, int again) {}

  Past(Random random) {
    this.random = random;
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  void remember(TestClient client, String path, String body, Reply reply) {
    remember(client, path, body, reply, reply.status());
  }

  /** Remembers a request that is answered with another status when it comes again. */
  void remember(TestClient client, String path, String body, Reply reply, int again) {
    var request = new Request(client, path, body, reply, again);
    if (requests.size() < MAX_REMEMBERED) {
      requests.add(request);
    } else {
      requests.set(random.nextInt(MAX_REMEMBERED), request);
    }
  }

  Request any() {
    return requests.get(random.nextInt(requests.size()));
  }

  /** The same wish under the same key: the very same answer. */
  void replayOne() {
    Request past = any();
    Reply again = past.client().post(past.path(), past.body());
    assertThat(again.status()).as("replay of %s: %s", past.body(), again).isEqualTo(past.again());
    assertThat(again.text()).isEqualTo(past.reply().text());
  }
}
