package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.ledgerBody;
import static io.sluice.dialect.corebanq.User.transferBody;
import static io.sluice.dialect.corebanq.User.transferPath;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.TenantRate;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final int REQUESTS = 64;

  private final Room shared = Room.shared();
  private final User user = shared.user(shared.newTenant());

  private static List<Reply> atOnce(User user, int count, String path, IntFunction<String> body) {
    List<CompletableFuture<Reply>> sent =
        IntStream.range(0, count)
            .mapToObj(i -> user.client().sendAsync("POST", path, body.apply(i)))
            .toList();
    return sent.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void postsOneOfManyEqualRequests() {
    // Given
    UUID source = user.ledger(1_000);
    UUID destination = user.ledger(0);
    String body = transferBody(destination, 10, UUID.randomUUID(), "");

    // When
    List<Reply> replies = atOnce(user, REQUESTS, transferPath(source), i -> body);

    // Then
    assertThat(replies).allMatch(reply -> reply.status() == 201);
    assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
    assertThat(user.balance(source)).isEqualTo(990);
  }

  @Test
  void postsOneOfManyDifferentRequestsUnderOneTransactionId() {
    // Given
    UUID source = user.ledger(100_000);
    UUID destination = user.ledger(0);
    UUID transaction = UUID.randomUUID();

    // When
    List<Reply> replies =
        atOnce(
            user,
            REQUESTS,
            transferPath(source),
            i -> transferBody(destination, i + 1, transaction, ""));

    // Then
    assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
    replies.stream()
        .filter(reply -> reply.status() != 201)
        .forEach(reply -> assertError(reply, 409, "ledger.duplicate_transaction"));
  }

  @Test
  void spendsNoCentTwice() {
    // Given
    UUID source = user.ledger(10);
    UUID destination = user.ledger(0);

    // When
    List<Reply> replies =
        atOnce(
            user,
            REQUESTS,
            transferPath(source),
            i -> transferBody(destination, 1, UUID.randomUUID(), ""));

    // Then
    assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(10);
    assertThat(user.balance(source)).isZero();
    assertThat(user.balance(destination)).isEqualTo(10);
  }

  @Test
  void keepsTheSumWhenLedgersPayEachOther() {
    // Given
    List<UUID> ledgers = List.of(user.ledger(1_000), user.ledger(1_000), user.ledger(1_000));

    // When
    List<CompletableFuture<Reply>> sent = new ArrayList<>();
    for (int i = 0; i < 6 * REQUESTS; i++) {
      UUID source = ledgers.get(i % 3);
      UUID destination = ledgers.get((i + 1 + i % 2) % 3);
      sent.add(
          user.client()
              .sendAsync(
                  "POST",
                  transferPath(source),
                  transferBody(destination, 1 + i % 7, UUID.randomUUID(), "")));
    }

    // Then
    assertThat(sent).allMatch(reply -> reply.join().status() == 201);
    assertThat(ledgers.stream().mapToLong(user::balance).sum()).isEqualTo(3_000);
    ledgers.forEach(ledger -> assertUnbroken(user, ledger));
  }

  /** Each entry's balance follows from the one before it. */
  private static void assertUnbroken(User user, UUID ledger) {
    List<JsonNode> entries = new ArrayList<>();
    for (int offset = 0; entries.size() == offset; offset += 200) {
      user.entries(ledger, "?limit=200&offset=" + offset).forEach(entries::add);
    }
    long balance = 0;
    String time = "";
    for (JsonNode entry : entries.reversed()) {
      long amount = entry.get("amount").longValue();
      balance += entry.get("type").textValue().equals("credit") ? amount : -amount;
      assertThat(entry.get("balance").longValue()).isEqualTo(balance);
      assertThat(entry.get("timestamp").textValue()).isGreaterThanOrEqualTo(time);
      time = entry.get("timestamp").textValue();
    }
    assertThat(user.balance(ledger)).isEqualTo(balance);
  }

  @Test
  void opensOneOfManyLedgersWithOneCode() {
    // Given
    String body = ledgerBody("one", ",\"balance_current\":700");

    // When
    List<Reply> replies = atOnce(user, 16, "/v1/ledgers", i -> body);

    // Then
    List<String> ids =
        replies.stream()
            .filter(reply -> reply.status() == 201)
            .map(reply -> reply.json().at("/ledger/id").textValue())
            .distinct()
            .toList();
    assertThat(ids).hasSize(1);
    assertThat(user.balance(UUID.fromString(ids.getFirst()))).isEqualTo(700);
    replies.stream()
        .filter(reply -> reply.status() != 201)
        .forEach(reply -> assertError(reply, 409, "ledger.code_exists"));
  }

  @Test
  void refusesWhoCallsTooFast() {
    try (TestingGateway gateway = TestingGateway.start(SettableClock.atPresent())) {
      // Given
      Room room = new Room(gateway);
      TenantId slow = room.newTenant();
      User hurried = room.user(slow);
      User other = room.user(room.newTenant());
      gateway.limit(slow, new TenantRate(1, 2));
      hurried.client().get("/v1/ledgers");
      hurried.client().get("/v1/ledgers");

      // When
      Reply reply = hurried.client().get("/v1/ledgers");

      // Then
      assertError(reply, 429, "request.rate_limited");
      assertThat(reply.header("Retry-After")).contains("1");
      assertThat(other.client().get("/v1/ledgers").status()).isEqualTo(200);
    }
  }
}
