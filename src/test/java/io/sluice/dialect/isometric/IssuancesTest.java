package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.isometric.Issuance;
import io.sluice.store.isometric.IssuanceStore.Registered;
import io.sluice.store.isometric.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an administrator is told of each outcome of giving out what was issued. */
class IssuancesTest {
  private static final UUID ID = IdCodec.uuid(0, 0);
  private static final TenantId TENANT = new TenantId(1);
  private static final Instant NOW = Instant.EPOCH;
  private static final LocalDate DAY = LocalDate.EPOCH;

  private final Issuances.Issued issued =
      new Issuances.Issued(
          new Registered(
              new Issuance(
                  TENANT, ID, "mine", new byte[32], ID, new HolderId(ID), NOW, DAY, DAY, 1, 0, NOW),
              List.of()),
          new Project(TENANT, ID, new HolderId(ID), "Rocks", "AB12", "marine", "GBR", "{}", 0, NOW),
          new IdCodec(Environment.PRODUCTION));

  private static Outcome refused(LedgerRefusal reason) {
    return new Outcome.Refused(reason, Optional.empty());
  }

  private static void assertDetail(Answer answer, int status, String detail) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().toString()).isEqualTo("{\"detail\":\"" + detail + "\"}");
  }

  @Test
  void saysThatABalanceWouldBeTooLarge() {
    Answer answer = issued.answer(refused(new LedgerRefusal.BalanceOutOfRange(Accounts.ISSUED)));

    assertDetail(answer, 400, "The issuance would take a balance out of range");
  }

  @Test
  void saysThatTheReferenceStandsForAnotherRequest() {
    Answer answer = issued.answer(new Outcome.Conflict(new TransferId(ID)));

    assertDetail(answer, 409, "Reference 'mine' was used with a different request");
  }

  @Test
  void endsTheRequestWhereNothingWasGivenOut() {
    assertThatThrownBy(() -> issued.receipt(new Outcome.Overloaded(Duration.ofSeconds(1))))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.answer().status()).isEqualTo(429));
  }

  @Test
  void saysThatNoFreeIdWasFound() {
    Answer answer = issued.answer(refused(new LedgerRefusal.LotIdTaken(new LotId(ID))));

    assertDetail(answer, 503, "No free id was found in time; nothing was done, try again");
  }

  @Test
  void takesWhatCannotBeForADefect() {
    var unknown = new LedgerRefusal.LotUnknown(new LotId(ID));

    assertThatThrownBy(() -> issued.answer(refused(unknown)))
        .isInstanceOf(IllegalStateException.class);
  }
}
