package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.ledgerBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ledgers whose opening was cut short. */
class OpeningTest {
  private final Room room = Room.shared();
  private final TenantId tenant = room.newTenant();
  private final User user = room.user(tenant);

  private static String code() {
    return "code " + UUID.randomUUID();
  }

  @Test
  void finishesALedgerWhoseOpeningWasInterrupted() {
    // Given
    String code = code();
    String body = ledgerBody(code, ",\"balance_current\":500");
    Holder interrupted = interrupted(code, body);

    // When
    Reply reply = user.client().post("/v1/ledgers", body);

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    JsonNode ledger = reply.json().get("ledger");
    assertThat(ledger.get("id").textValue()).isEqualTo(interrupted.id().value().toString());
    assertThat(ledger.get("balance_current").longValue()).isEqualTo(500);
    assertError(user.client().post("/v1/ledgers", body), 409, "ledger.code_exists");
    assertThat(user.entries(interrupted.id().value(), "")).hasSize(1);
  }

  @Test
  void finishesAnInterruptedLedgerAlsoForWhoWantsAnother() {
    // Given
    String code = code();
    Holder interrupted = interrupted(code, ledgerBody(code, ",\"balance_current\":500"));

    // When
    Reply reply = user.client().post("/v1/ledgers", ledgerBody(code, ",\"balance_current\":900"));

    // Then
    assertError(reply, 409, "ledger.code_exists");
    assertThat(user.balance(interrupted.id().value())).isEqualTo(500);
  }

  @Test
  void hidesALedgerThatIsBeingOpened() {
    // Given
    String code = code();
    UUID id = interrupted(code, ledgerBody(code, ",\"balance_current\":500")).id().value();
    UUID other = user.ledger(10);

    // When
    Reply shown = user.client().get("/v1/ledgers/" + id);

    // Then
    assertError(shown, 404, "ledger.not_found");
    assertError(user.client().get("/v1/ledgers/" + id + "/balance"), 404, "ledger.not_found");
    assertError(user.transfer(other, id, 1), 404, "ledger.not_found");
    assertError(user.entry(id, "credit", 1), 404, "ledger.not_found");
    assertThat(user.client().get("/v1/ledgers?limit=200").text()).doesNotContain(id.toString());
  }

  /** A ledger as a crash right after its first step leaves it. */
  private Holder interrupted(String code, String body) {
    UUID finished = user.ledger(500);
    Holder model =
        Await.result(room.services().holders().find(tenant, new HolderId(finished))).orElseThrow();
    LedgerDetail detail = LedgerDetail.read(model.detail());
    Holder holder =
        new Holder(
            tenant,
            new HolderId(room.services().ids().next()),
            Names.LEDGER,
            code,
            HolderStatus.OPENING,
            model.detail(),
            model.createdAt(),
            model.createdAt());
    assertThat(body).contains("\"description\":\"" + detail.ledger().description() + "\"");
    assertThat(
            Await.result(
                room.services()
                    .holders()
                    .insertWithAccount(
                        holder, detail.account(holder.id()), detail.ledger().overdraft().floor())))
        .isTrue();
    return holder;
  }
}
