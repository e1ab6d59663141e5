package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No route shows or touches what belongs to another tenant. */
class TenantsTest {
  private Room room;
  private User owner;
  private User stranger;
  private UUID ledger;
  private UUID own;

  @BeforeEach
  void open() {
    room = Room.shared();
    owner = room.user(room.newTenant());
    stranger = room.user(room.newTenant());
    ledger = owner.ledger(100);
    own = stranger.ledger(100);
    // What is remembered of a ledger must not leak either.
    owner.transfer(ledger, owner.ledger(0), 1);
    stranger.transfer(own, stranger.ledger(0), 1);
  }

  @AfterEach
  void sawNothingMove() {
    assertThat(owner.balance(ledger)).isEqualTo(99);
    assertThat(stranger.balance(own)).isEqualTo(99);
  }

  @Test
  void showsNoForeignLedger() {
    for (String route : new String[] {"", "/balance", "/entries"}) {
      Reply reply = stranger.client().get("/v1/ledgers/" + ledger + route);

      assertError(reply, 404, "ledger.not_found");
    }
  }

  @Test
  void listsNoForeignLedger() {
    Reply reply = stranger.client().get("/v1/ledgers?limit=200");

    assertThat(reply.text()).contains(own.toString()).doesNotContain(ledger.toString());
  }

  @Test
  void movesNothingOutOfOrIntoAForeignLedger() {
    assertError(stranger.transfer(ledger, own, 1), 404, "ledger.not_found");
    assertError(stranger.transfer(own, ledger, 1), 404, "ledger.not_found");
    assertError(stranger.entry(ledger, "credit", 1), 404, "ledger.not_found");
    assertError(stranger.entry(ledger, "debit", 1), 404, "ledger.not_found");
  }

  @Test
  void takesNoForeignParent() {
    Reply reply =
        stranger
            .client()
            .post(
                "/v1/ledgers",
                User.ledgerBody("child", ",\"parent_ledger_id\":\"" + ledger + "\""));

    assertError(reply, 404, "ledger.not_found");
  }

  @Test
  void keepsTransactionIdsApart() {
    // Given
    UUID transaction = UUID.randomUUID();
    UUID target = owner.ledger(0);
    UUID foreignTarget = stranger.ledger(0);
    owner.transfer(ledger, target, 1, transaction, "");
    owner.transfer(target, ledger, 1);

    // When
    Reply reply = stranger.transfer(own, foreignTarget, 2, transaction, "");

    // Then
    assertThat(reply.status()).isEqualTo(201);
    stranger.transfer(foreignTarget, own, 2);
  }
}
