package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Needs;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BooksSessionTest {
  private static final long FLUSH_TIMEOUT_MS = 200;

  private final LedgerFixture fixture = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void close() {
    Await.result(vertx.close());
    fixture.close();
  }

  @Test
  void aFlushThatTakesTooLongFailsOnTheEventLoopItBeganOn() throws SQLException {
    // Given
    var asset = fixture.asset(false);
    AccountRef source = fixture.account(asset, AccountKind.SYSTEM);
    AccountRef destination = fixture.account(asset, AccountKind.SIMPLE);
    Await.result(
        fixture.pipeline().submit(fixture.command(Leg.of(source, destination, Amount.of(1)))));
    var command = fixture.command(Leg.of(source, destination, Amount.of(1)));
    BooksSession session = Await.result(open());
    Promise<Context> failedOn = Promise.promise();
    try (Connection other = fixture.testDatabase().database().dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM account FOR UPDATE");

      // When
      context.runOnContext(
          start ->
              session
                  .lock(
                      List.of(new Needs(fixture.tenant(), List.of(command))), false, Instant.now())
                  .onSuccess(locked -> failedOn.fail("the lock was not there"))
                  .onFailure(late -> failedOn.complete(Vertx.currentContext())));

      // Then
      assertThat(Await.result(failedOn.future())).isEqualTo(context);
    }
  }

  private Future<BooksSession> open() {
    Promise<BooksSession> opened = Promise.promise();
    context.runOnContext(
        start ->
            BooksSession.open(
                    vertx, fixture.testDatabase().database().laneOptions(), FLUSH_TIMEOUT_MS)
                .onComplete(opened));
    return opened.future();
  }
}
