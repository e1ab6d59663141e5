package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Relay;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Standbys that must confirm commits, as far as a gateway can see them. */
class ConfirmedCommitTest {
  private final CapturedLog log = CapturedLog.of(Lane.class);
  private final LedgerFixture fixture = new LedgerFixture();
  private final Relay relay = Relay.to(fixture.testDatabase().database());
  private final LanePipeline pipeline = pipeline("600000");
  private final AssetId asset = fixture.asset(false);
  private final AccountRef system = fixture.account(asset, AccountKind.SYSTEM);
  private final AccountRef account = fixture.account(asset, AccountKind.SIMPLE);

  @AfterEach
  void close() {
    Await.result(pipeline.close(1_000));
    relay.close();
    fixture.close();
    log.close();
  }

  private LanePipeline pipeline(String deadlineMs) {
    return fixture.newPipeline(
        LedgerFixture.settings(Map.of("pipeline.lanes", "1", "pipeline.deadlineMs", deadlineMs)),
        relay.database());
  }

  private TransferCommand credit(String key) {
    var legs = Leg.of(system, account, Amount.of(1));
    return fixture.command(LedgerFixture.key(key, "wish"), List.of(), legs);
  }

  private Outcome submit(TransferCommand command) {
    return Await.result(pipeline.submit(command));
  }

  @Test
  void whatIsCommittedWithAWarningIsConfirmedBeforeItIsAcknowledged() {
    // Given: somebody breaks the wait for a standby off
    relay.warnAtCommits(1);

    // When
    Outcome outcome = submit(credit("warned"));

    // Then: a second commit has waited again
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(relay.commits()).isEqualTo(2);
    assertThat(fixture.balance(account)).contains(Amount.of(1));
  }

  @Test
  void whatIsFoundAfterALostConfirmationIsConfirmedBeforeItIsAcknowledged() {
    // Given
    relay.loseNextConfirmation();

    // When
    Outcome outcome = submit(credit("lost"));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(relay.commits()).isEqualTo(2);
    assertThat(fixture.balance(account)).contains(Amount.of(1));
  }

  @Test
  void whatIsRepeatedIsConfirmedBeforeItIsAcknowledged() {
    // Given
    submit(credit("repeated"));
    int before = relay.commits();

    // When
    Outcome outcome = submit(credit("repeated"));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Replayed.class);
    assertThat(relay.commits()).isEqualTo(before + 1);
  }

  @Test
  void whatNobodyConfirmsIsOfUnknownFate() {
    // Given
    LanePipeline hasty = pipeline("300");
    relay.warnAtCommits(Integer.MAX_VALUE);

    // When
    Outcome outcome = Await.result(hasty.submit(credit("unconfirmed")));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
    assertThat(Await.result(hasty.submit(credit("unconfirmed"))))
        .isInstanceOf(Outcome.Unavailable.class);
    relay.warnAtCommits(0);
    assertThat(submit(credit("unconfirmed"))).isInstanceOf(Outcome.Replayed.class);
    assertThat(fixture.balance(account)).contains(Amount.of(1));
    Await.result(hasty.close(1_000));
  }
}
