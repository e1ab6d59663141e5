package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.DialectFixture.World;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A gateway with hardly any room whose database does not move on. */
abstract class OverloadSuite extends EveryOperation {
  private static final int REQUESTS = 12;

  /** Tenant by tenant, as those may lie on different nodes. */
  private static final String LOCK_ALL_ACCOUNTS =
      """
      DO $$
      DECLARE one integer;
      BEGIN
        FOR one IN SELECT id FROM tenant LOOP
          PERFORM FROM account WHERE tenant_id = one FOR UPDATE;
        END LOOP;
      END $$
      """;

  /** The queue alone refuses, however slow the machine is. */
  private static final Map<String, String> TINY =
      Map.of(
          "pipeline.lanes",
          "1",
          "pipeline.queueCapacity",
          "1",
          "pipeline.maxBatchLegs",
          "1",
          "pipeline.maxWaitMs",
          "600000",
          // Who meets the lock waits for it, and not apart, where there is room for nobody.
          "pipeline.lockTimeoutMs",
          "3000");

  @Test
  void refusesWhatItCannotHold() throws SQLException {
    try (TestingGateway tiny = start(TINY)) {
      World crowded = fixture.newWorld(tiny);
      BigDecimal before = crowded.payerBalance();

      List<Reply> replies = sendWhileBlocked(tiny, crowded);

      List<Reply> refused =
          replies.stream().filter(r -> r.status() != fixture.successStatus()).toList();
      assertThat(refused).hasSizeBetween(1, REQUESTS - 1);
      assertThat(refused).allSatisfy(this::assertOverloaded);
      BigDecimal moved = crowded.unit().multiply(BigDecimal.valueOf(REQUESTS - refused.size()));
      assertThat(before.subtract(crowded.payerBalance())).isEqualByComparingTo(moved);
    }
  }

  /** Its body would be memory that a stranger takes, so nobody waits for it. */
  @Test
  void refusesAStrangerOnEveryOperationBeforeTheBodyComes() {
    List<Endpoint> guarded = dialect.endpoints().stream().filter(e -> !e.isOpen()).toList();
    assertThat(guarded).isNotEmpty();

    for (Endpoint endpoint : guarded) {
      try (RawClient raw = gateway.raw()) {
        Reply reply = raw.send(head(endpoint)).read();

        assertThat(reply.status()).as(endpoint.path()).isEqualTo(401);
        fixture.assertErrorShape(reply);
      }
    }
  }

  private static String head(Endpoint endpoint) {
    return endpoint.method()
        + " "
        + endpoint.path().replaceAll(":[A-Za-z]+", "x")
        + " HTTP/1.1\r\n"
        + "Host: x\r\n"
        + "Content-Type: application/json\r\n"
        + "Content-Length: 262144\r\n\r\n"
        + "{";
  }

  @Test
  void hasWordsForAnOutageThatKeptARequestFromBeginning() {
    Answer answer = dialect.fault(new Fault.NothingDone());

    assertThat(answer.status()).isGreaterThanOrEqualTo(500);
    assertThat(answer.headers().get("Retry-After")).matches("[1-9][0-9]*");
    assertThat(answer.body().toString()).containsPattern("nothing (was done|has happened)");
  }

  private static List<Reply> sendWhileBlocked(TestingGateway tiny, World crowded)
      throws SQLException {
    List<CompletableFuture<Reply>> sent = new ArrayList<>();
    try (Connection blocker = tiny.database().database().dataSource().getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute(LOCK_ALL_ACCOUNTS);
      for (int i = 0; i < REQUESTS; i++) {
        sent.add(crowded.transfer(newKey()).sendAsync(crowded.client()));
      }
      // The first refusal shows that the lane is stuck and the queue is full.
      CompletableFuture.anyOf(sent.toArray(CompletableFuture[]::new)).join();
      blocker.rollback();
    }
    return sent.stream().map(CompletableFuture::join).toList();
  }
}
