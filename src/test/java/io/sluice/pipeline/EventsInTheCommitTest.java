package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Event;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import io.sluice.store.events.Endpoint;
import io.sluice.store.events.EndpointStatus;
import io.sluice.store.events.EndpointStore;
import io.sluice.store.events.Listeners;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events are stored with what they tell, for whoever wants them by then, or not at all. */
class EventsInTheCommitTest {
  private static final String DIALECT = "test";
  private static final String DONE = "transfer.done";

  private final LedgerFixture ledger = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final Listeners listeners = new Listeners(vertx, ledger.pools());
  private final EndpointStore endpoints =
      new EndpointStore(ledger.pools(), listeners, Clock.systemUTC());
  private final AssetId asset = ledger.asset(false);

  @AfterEach
  void close() {
    Await.result(vertx.close());
    ledger.close();
  }

  @Test
  void storesWhatAnEndpointWantsWithTheReceiptsWords() {
    // Given
    Endpoint endpoint = endpoint(EndpointStatus.ACTIVE, DONE);
    TransferCommand command = transfer(100, DONE);

    // When
    Outcome outcome = ledger.submit(command);

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(stored())
        .containsExactly(
            DONE + " of " + command.id().value() + " at " + outcome.stored().get().createdAt());
    assertThat(deliveries()).containsExactly(endpoint.id());
  }

  @Test
  void storesOneDeliveryForEachEndpointThatWantsIt() {
    // Given
    UUID all = endpoint(EndpointStatus.ACTIVE, Endpoint.ALL_TYPES).id();
    UUID one = endpoint(EndpointStatus.ACTIVE, "other", DONE).id();
    endpoint(EndpointStatus.DISABLED, DONE);
    endpoint(EndpointStatus.ACTIVE, "other");

    // When
    ledger.submit(transfer(100, DONE));

    // Then
    assertThat(deliveries()).containsExactlyInAnyOrder(all, one);
    assertThat(stored()).hasSize(1);
  }

  /** Which PostgreSQL is sent by their digits. */
  @Test
  void storesWhatIsToldOfAmountsOfMoreThan64Bits() {
    // Given
    Endpoint endpoint = endpoint(EndpointStatus.ACTIVE, DONE);
    AccountRef from = ledger.account(asset, AccountKind.SYSTEM);

    // When
    Outcome outcome = ledger.submit(transfer(from, Amount.MAX, DONE));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(stored()).hasSize(1);
    assertThat(deliveries()).containsExactly(endpoint.id());
  }

  @Test
  void storesNothingThatNobodyWants() {
    // Given
    endpoint(EndpointStatus.ACTIVE, "other");

    // When
    Outcome outcome = ledger.submit(transfer(100, DONE));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(stored()).isEmpty();
  }

  @Test
  void tellsNothingOfWhatIsRefused() {
    // Given
    endpoint(EndpointStatus.ACTIVE, DONE);

    // When
    Outcome outcome = ledger.submit(transfer(1_001, DONE));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(stored()).isEmpty();
  }

  @Test
  void tellsOfANewHolderOnceHoweverOftenItIsInserted() {
    // Given
    UUID endpoint = endpoint(EndpointStatus.ACTIVE, "holder.created").id();
    var now = Instant.parse("2026-01-01T00:00:00Z");
    var id = new HolderId(ledger.ids().next());
    var holder =
        new Holder(ledger.tenant(), id, "kind", "name", HolderStatus.ACTIVE, "{}", now, now);
    var event = new Event(ledger.ids().next(), DIALECT, "holder.created", id.value(), "new");
    var again = new Event(ledger.ids().next(), DIALECT, "holder.created", id.value(), "again");
    Await.result(ledger.holders().insert(holder, List.of(event)));

    // When
    boolean inserted = Await.result(ledger.holders().insert(holder, List.of(again)));

    // Then
    assertThat(inserted).isFalse();
    assertThat(stored()).containsExactly("new");
    assertThat(deliveries()).containsExactly(endpoint);
  }

  @Test
  void everyGatewayKnowsOfAnEndpointOnceItIsMade() {
    // Given
    var elsewhere = new Listeners(vertx, ledger.pools());
    Await.result(elsewhere.start());
    assertThat(elsewhere.audience(ledger.tenant(), DIALECT)).isZero();

    // When
    endpoint(EndpointStatus.ACTIVE, DONE);
    endpoint(EndpointStatus.ACTIVE, DONE);

    // Then
    assertThat(elsewhere.audience(ledger.tenant(), DIALECT)).isEqualTo(2);
    assertThat(elsewhere.isAnybodyThere()).isTrue();
  }

  @Test
  void anybodyMayListenAsLongAsItIsNotKnown() {
    // Given
    var ignorant = new Listeners(vertx, ledger.pools());

    // When
    int audience = ignorant.audience(ledger.tenant(), DIALECT);

    // Then
    assertThat(audience).isPositive();
  }

  private Endpoint endpoint(EndpointStatus status, String... types) {
    var now = Instant.parse("2026-01-01T00:00:00Z");
    var endpoint =
        new Endpoint(
            ledger.tenant(),
            ledger.ids().next(),
            DIALECT,
            status,
            "https://example.org",
            List.of(types),
            Optional.empty(),
            "{}",
            now,
            now);
    Await.result(endpoints.insert(endpoint));
    return endpoint;
  }

  private TransferCommand transfer(long amount, String type) {
    return transfer(ledger.account(asset, AccountKind.SIMPLE, 1_000), Amount.of(amount), type);
  }

  private TransferCommand transfer(AccountRef from, Amount amount, String type) {
    AccountRef to = ledger.account(asset, AccountKind.SIMPLE);
    EventSource source =
        receipt ->
            List.of(
                new Event(
                    ledger.ids().next(),
                    DIALECT,
                    type,
                    receipt.id().value(),
                    type + " of " + receipt.id().value() + " at " + receipt.createdAt()));
    return TransferCommand.of(
            Principal.operator(ledger.tenant()), new TransferId(ledger.ids().next()), "test")
        .events(source)
        .to(new Intent.Move(Leg.of(from, to, amount)));
  }

  private List<String> stored() {
    return Await.result(
        ledger
            .pools()
            .lookUps()
            .all("SELECT payload FROM event ORDER BY id", row -> row.getString(0)));
  }

  private List<UUID> deliveries() {
    return Await.result(
        ledger.pools().lookUps().all("SELECT endpoint_id FROM event_fresh", row -> row.getUUID(0)));
  }
}
