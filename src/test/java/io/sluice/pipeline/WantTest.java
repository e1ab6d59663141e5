package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WantTest {
  private static final PgException FULL = failure("53100");

  private long nanos = Long.MAX_VALUE - 1;
  private final Want want = new Want(() -> nanos);

  private static PgException failure(String state) {
    return new PgException("no", "ERROR", state, "no");
  }

  @Test
  void isWhatTheServerSaidThatItLacks() {
    // When
    want.failed(FULL);

    // Then
    assertThat(want.now().orElseThrow()).contains("53100", "no more connections, memory or disk");
  }

  @Test
  void isNothingThatATransferItselfIsToBlameFor() {
    // When
    want.failed(failure("23505"));

    // Then
    assertThat(want.now()).isEmpty();
  }

  @Test
  void isOverWithTheNextCommit() {
    // Given
    want.failed(FULL);

    // When
    want.over();

    // Then
    assertThat(want.now()).isEmpty();
  }

  @Test
  void isForgottenWhenNobodyTries() {
    // Given
    want.failed(FULL);

    // When
    nanos += Want.COUNTS_NANOS + 1;

    // Then
    assertThat(want.now()).isEmpty();
  }

  @Test
  void isKnownOfARealPipelineUntilItCommitsAgain() throws SQLException {
    try (CapturedLog log = CapturedLog.of(Lane.class);
        var fixture = new LedgerFixture(LedgerFixture.settings(Map.of()));
        Connection owner = fixture.testDatabase().roles().owner().dataSource().getConnection()) {
      // Given a database that has no room for a transfer
      AssetId asset = fixture.asset(false);
      AccountRef payer = fixture.account(asset, AccountKind.SIMPLE, 10);
      AccountRef payee = fixture.account(asset, AccountKind.SIMPLE);
      owner
          .createStatement()
          .execute(
              """
              CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;
              CREATE TRIGGER full_disk BEFORE INSERT ON transfer EXECUTE FUNCTION full_disk()
              """);

      // When
      Future<Outcome> outcome =
          fixture.submitLater(fixture.command(Leg.of(payer, payee, Amount.of(1))));

      // Then
      Waiting.until(() -> fixture.pipeline().databaseLacks().isPresent());
      owner.createStatement().execute("DROP TRIGGER full_disk ON transfer");
      assertThat(Await.result(outcome)).isInstanceOf(Outcome.Posted.class);
      assertThat(fixture.pipeline().databaseLacks()).isEmpty();
      assertThat(log.lines()).isNotEmpty();
    }
  }
}
