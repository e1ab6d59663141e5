package io.sluice.store.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.SealSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Invariant;
import io.sluice.store.PgTenantStore;
import io.sluice.store.Verifier;
import io.sluice.store.Verifier.Finding;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway says that it has written is what the database says that it holds. */
class EntryTextTest {
  private static final Amount HUGE = new Amount(BigInteger.TEN.pow(37));

  private final LedgerFixture ledger = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = ledger.testDatabase().rawPool(vertx);
  private final Commits commits = ledger.pipeline().commits();
  private final Map<UUID, StoredTransfer> made = new ConcurrentHashMap<>();
  private final AssetId asset = ledger.asset(false);
  private final AccountRef mint = ledger.account(asset, AccountKind.SYSTEM);
  private final AccountRef till = ledger.account(asset, AccountKind.SIMPLE);
  private final AccountRef poor = ledger.account(asset, AccountKind.SIMPLE);

  @BeforeEach
  void listen() {
    commits.tell(
        (tenant, transfers) -> transfers.forEach(t -> made.put(t.receipt().id().value(), t)));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
    ledger.close();
  }

  private TransferId submit(
      Principal asking, UnaryOperator<TransferCommand.Builder> how, Leg... legs) {
    var id = new TransferId(ledger.ids().next());
    TransferCommand.Builder builder =
        TransferCommand.of(asking, id, "test.zahlung \u00fc").balanceLimit(Amount.MAX);
    Outcome outcome =
        ledger.submit(how.apply(builder).to(new Intent.Move(List.of(), List.of(legs))));
    assertThat(outcome).isInstanceOfAny(Outcome.Posted.class, Outcome.Refused.class);
    return id;
  }

  private TransferId pay() {
    return submit(
        Principal.operator(ledger.tenant()), b -> b.detail("{}"), Leg.of(mint, till, Amount.of(1)));
  }

  private String stored(TransferId id) {
    return rows(
            "SELECT " + EntrySql.ENTRY + " FROM transfer t WHERE t.tenant_id = $1 AND t.id = $2",
            ledger.tenant().value(),
            id.value())
        .getFirst()
        .getString(0);
  }

  private List<Row> rows(String sql, Object... parameters) {
    var found = Await.result(pool.preparedQuery(sql).execute(Tuple.wrap(parameters)));
    return StreamSupport.stream(found.spliterator(), false).toList();
  }

  @Test
  void isTheTextThatTheDatabaseMakesOfIt() {
    // Given
    Principal operator = Principal.operator(ledger.tenant());
    var client = new Principal(ledger.tenant(), new CredentialNumber(42));
    Optional<IdempotencyKey> key = LedgerFixture.key("key", "wish");

    // When
    Stream<TransferId> all =
        Stream.of(
            submit(operator, b -> b, Leg.of(mint, till, Amount.of(5))),
            submit(client, b -> b.key(key), Leg.of(till, mint, Amount.of(2))),
            submit(operator, b -> b.detail("{\"a\":\"\u20ac \uD83D\uDE00\\n\"}"), huge()),
            submit(
                client,
                b -> b.key(LedgerFixture.key("other", "wish")).recordsRefusal(),
                Leg.of(poor, till, Amount.of(1))));

    // Then
    assertThat(all)
        .allSatisfy(
            id ->
                assertThat(new EntryText().of(ledger.tenant(), made.get(id.value())).toString())
                    .isEqualTo(stored(id)));
    assertThat(made).hasSize(4).allSatisfy((id, t) -> assertThat(EntryText.canTell(t)).isTrue());
  }

  private Leg huge() {
    return Leg.of(mint, till, HUGE);
  }

  @Test
  void leavesWhatListsItsPostingsToTheDatabase() {
    // When
    TransferId id =
        submit(
            Principal.operator(ledger.tenant()),
            b -> b,
            Leg.of(mint, till, Amount.of(1)),
            Leg.of(mint, poor, Amount.of(1)));

    // Then
    assertThat(EntryText.canTell(made.get(id.value()))).isFalse();
  }

  @Test
  void sealsWhatWasWrittenAndNotWhatWasMadeOfItSince() {
    // Given somebody who changes a transfer before it is sealed
    Sealer sealer =
        new Sealer(
            vertx,
            ledger.testDatabase().pools(vertx),
            new PgTenantStore(ledger.pools()),
            SealSettings.SECTION.of(Map.of("seal.intervalMs", "60000", "seal.delayMs", "0")),
            Clock.systemUTC(),
            commits,
            new SimpleMeterRegistry());
    sealer.start();
    TransferId first = pay();
    Await.result(sealer.seal(ledger.tenant(), List.of(first.value())));
    TransferId changed = pay();
    ledger
        .testDatabase()
        .execute(
            "UPDATE transfer SET detail = '{\"to\":\"thief\"}' WHERE id = '"
                + changed.value()
                + "'");

    // When
    Await.result(sealer.seal(ledger.tenant(), List.of(changed.value())));

    // Then
    assertThat(Verifier.run(ledger.testDatabase().database(), progress -> {}).findings())
        .extracting(Finding::invariant)
        .contains(Invariant.SEALED_CONTENT);
    ledger
        .testDatabase()
        .execute("UPDATE transfer SET detail = '{}' WHERE id = '" + changed.value() + "'");
    Await.result(sealer.stop(5_000));
  }
}
