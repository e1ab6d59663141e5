package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Decider;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotLimit;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Needs;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
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
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BooksSessionTest {
  /** More than any statement may take. */
  private static final long LOCK_TIMEOUT_MS = 600_000;

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private static final long IMPATIENT_MS = 200;
  private static final long PATIENT_MS = 600_000;

  private final LedgerFixture fixture = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Connector connector = new Connector(vertx, fixture.testDatabase().database());

  @AfterEach
  void close() {
    Await.result(vertx.close());
    fixture.close();
  }

  /** Runs something where the sessions of this test belong. */
  private <T> T there(Supplier<Future<T>> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(start -> task.get().onComplete(done));
    return Await.result(done.future());
  }

  /** However long connecting takes: an attempt that was given up too early is made again. */
  private Future<BooksSession> open(long flushTimeoutMs) {
    return BooksSession.open(connector, new AccountNumbers(), flushTimeoutMs, LOCK_TIMEOUT_MS)
        .recover(late -> open(flushTimeoutMs));
  }

  private Future<LockedBooks> lock(BooksSession session, TransferCommand command) {
    return session
        .lock(
            List.of(new Needs(fixture.tenant(), List.of(command), LotLimit.ALONE)),
            key -> true,
            false,
            NOW)
        .map(List::getFirst);
  }

  private void decide(LockedBooks books) {
    var decider = new Decider(books.books(), books.changes(), fixture.ids(), NOW);
    books.needs().commands().forEach(decider::decide);
  }

  /** Why a command is not committed, after something has happened to what is decided of it. */
  private Throwable failure(
      TransferCommand command, Consumer<LockedBooks> locked, Consumer<LockedBooks> decided) {
    return there(
        () ->
            open(PATIENT_MS)
                .compose(
                    session ->
                        lock(session, command)
                            .compose(
                                books -> {
                                  locked.accept(books);
                                  decide(books);
                                  decided.accept(books);
                                  return session.commit(List.of(books), Map.of(), NOW);
                                })
                            .<Throwable>map(done -> new AssertionError("it was committed"))
                            .otherwise(failure -> failure)
                            .onComplete(done -> session.close())));
  }

  @Test
  void aFlushThatTakesTooLongFailsOnTheEventLoopItBeganOn() throws SQLException {
    // Given
    var asset = fixture.asset(false);
    AccountRef source = fixture.account(asset, AccountKind.SYSTEM);
    AccountRef destination = fixture.account(asset, AccountKind.SIMPLE);
    Leg leg = Leg.of(source, destination, Amount.of(1));
    assertThat(fixture.submit(fixture.command(leg))).isInstanceOf(Outcome.Posted.class);
    var command = fixture.command(leg);
    BooksSession session = there(() -> open(IMPATIENT_MS));
    try (Connection other = fixture.testDatabase().database().dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM account FOR UPDATE");

      // When
      Context failedOn =
          there(
              () ->
                  lock(session, command)
                      .<Context>map(
                          locked -> {
                            throw new AssertionError("the lock was not there");
                          })
                      .otherwise(late -> Vertx.currentContext()));

      // Then
      assertThat(failedOn).isEqualTo(context);
    }
  }

  @Test
  void isOfNoUseToOtherThreads() {
    // Given
    BooksSession session = there(() -> open(PATIENT_MS));

    // When / Then
    assertThatThrownBy(session::isOpen).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(session::close).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> session.lock(List.of(), key -> true, false, NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellsOnceThatItIsClosed() {
    // Given
    var told = new AtomicInteger();

    // When
    there(
        () ->
            open(PATIENT_MS)
                .onSuccess(session -> session.whenClosed(told::incrementAndGet))
                .onSuccess(BooksSession::close)
                .onSuccess(BooksSession::close));

    // Then
    assertThat(told).hasValue(1);
  }

  private TransferCommand payment() {
    var asset = fixture.asset(false);
    AccountRef payer = fixture.account(asset, AccountKind.SIMPLE, 10);
    AccountRef payee = fixture.account(asset, AccountKind.SIMPLE, 10);
    return fixture.command(Leg.of(payer, payee, Amount.of(1)));
  }

  @Test
  void sendsNothingOfBooksThatWouldNotBeWhole() {
    // Given
    TransferCommand command = payment();

    // When
    Throwable failure =
        failure(
            command,
            locked -> {},
            decided -> decided.changes().transfers().add(decided.changes().transfers().getFirst()));

    // Then
    assertThat(failure).hasMessageContaining("a gap before");
    assertThat(Await.result(fixture.transfers().find(fixture.tenant(), command.id()))).isEmpty();
  }

  @Test
  void commitsNothingWhenAnAccountIsNotWhereItWasRead() {
    // Given
    TransferCommand command = payment();

    // When
    Throwable failure =
        failure(
            command,
            locked -> locked.add(locked.accounts().iterator().next().state(), "(4294967,1)", 1),
            decided -> {});

    // Then
    assertThat(failure).hasMessageContaining("updated 1 of 2 accounts");
    assertThat(Await.result(fixture.transfers().find(fixture.tenant(), command.id()))).isEmpty();
    assertThat(fixture.balance(command.legs().getFirst().credit())).contains(Amount.of(10));
  }

  @Test
  void commitsNothingWhenALotHasGone() {
    // Given
    var asset = fixture.asset(true);
    AccountRef registrar = fixture.account(asset, AccountKind.SYSTEM);
    AccountRef owner = fixture.account(asset, AccountKind.LOT);
    var lot = new LotId(fixture.ids().next());
    var rule =
        new LotRule.Issue(
            lot,
            owner.holder(),
            new UUID(0, 8),
            fixture.ids().next(),
            1,
            Instant.EPOCH,
            LocalDate.EPOCH);
    fixture.submit(fixture.command(Leg.of(registrar, owner, Amount.of(5), rule)));
    TransferCommand command = fixture.command(Leg.of(owner, registrar, Amount.of(1)));

    // When
    Throwable failure =
        failure(
            command,
            locked ->
                fixture
                    .testDatabase()
                    .execute("CREATE TABLE gone AS SELECT * FROM lot; DELETE FROM lot"),
            decided -> {});

    // Then
    assertThat(failure).hasMessageContaining("updated 0 of 1 lots");
    assertThat(Await.result(fixture.transfers().find(fixture.tenant(), command.id()))).isEmpty();
    fixture.testDatabase().execute("INSERT INTO lot SELECT * FROM gone");
  }
}
