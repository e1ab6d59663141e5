package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Digest;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.ledger.TransferIdTaken;
import io.sluice.loop.Mail;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command on its way, without a pipeline around it. */
class SubmissionTest {
  private static final AssetId ASSET = new AssetId(new UUID(0, 7));
  private static final TransferId ID = new TransferId(new UUID(0, 1));

  private enum Own implements Refusal {
    DOOM
  }

  private final Promise<Outcome> promise = Promise.promise();

  private static AccountRef account(long holder) {
    return AccountRef.of(
        new HolderId(new UUID(1, holder)), ASSET, Bucket.AVAILABLE, AccountKind.SIMPLE);
  }

  private static Leg leg(long from, long to) {
    return Leg.of(account(from), account(to), Amount.of(1));
  }

  private static TransferCommand.Builder command() {
    return TransferCommand.of(Principal.operator(new TenantId(1)), ID, "test.transfer");
  }

  private Submission submission(Intent intent) {
    return new Submission(command().to(intent), promise, 0, 0);
  }

  private static Receipt receipt(TransferId id) {
    return new Receipt(id, "test.transfer", true, Instant.EPOCH, "{}", List.of());
  }

  private static StoredTransfer stored(Instant createdAt) {
    var receipt = new Receipt(ID, "test.transfer", false, createdAt, "{}", List.of());
    return new StoredTransfer(
        receipt, List.of(account(1).id()), CredentialNumber.NONE, Optional.empty());
  }

  @Test
  void itTakesUpAsManyLegsAsItHasAndAtLeastOne() {
    assertThat(submission(new Intent.Move(List.of(), List.of(leg(1, 2), leg(2, 3)))).legs())
        .isEqualTo(2);
    assertThat(submission(new Intent.Doomed(List.of(), Own.DOOM)).legs()).isEqualTo(1);
  }

  @Test
  void itTakesUpMoreTheMoreEndpointsHearOfIt() {
    // Given
    var heard = EventSource.to(100, receipt -> List.of());
    var move = new Intent.Move(List.of(), List.of(leg(1, 2)));

    // When
    var submission = new Submission(command().events(heard).to(move), promise, 0, 0);

    // Then
    assertThat(submission.legs()).isEqualTo(101);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 99, false",
    "100, 100, true",
    "100, 101, true",
    // The clock of the machine may pass the largest number there is.
    "9223372036854775807, -9223372036854775808, true",
    "-9223372036854775808, 9223372036854775807, false"
  })
  void aDeadlineIsPassedFromItsMomentOn(long deadline, long now, boolean passed) {
    // Given
    var submission = new Submission(command().to(new Intent.Move(leg(1, 2))), promise, deadline, 3);

    // When
    boolean isPast = submission.isPastDeadline(now);

    // Then
    assertThat(isPast).isEqualTo(passed);
    assertThat(submission.deadlineNanos()).isEqualTo(deadline);
    assertThat(submission.arrival()).isEqualTo(3);
  }

  @Test
  void itTouchesItsAccountsThoseOfItsChecksAndItsKey() {
    // Given
    IdempotencyKey key = IdempotencyKey.of("test", "key", Digest.start().add("wish"));
    var holder = new HolderId(new UUID(2, 1));
    List<Check> checks =
        List.of(
            new Check.HolderStatusIn(holder, Set.of(HolderStatus.ACTIVE), Own.DOOM),
            new Check.AccountStatusIn(account(3), Set.of(HolderStatus.ACTIVE), Own.DOOM));
    TransferCommand command =
        command().key(key).to(new Intent.Move(checks, List.of(leg(1, 2), leg(2, 4))));

    // When
    List<UUID> touches = new Submission(command, promise, 0, 0).touches();

    // Then
    assertThat(touches)
        .containsOnly(
            account(1).id().value(),
            account(2).id().value(),
            account(3).id().value(),
            account(4).id().value(),
            key.digest());
  }

  @Test
  void itIsAnsweredOnce() {
    // Given
    Submission submission = submission(new Intent.Move(leg(1, 2)));
    assertThat(submission.isAnswered()).isFalse();

    // When
    submission.answer(new Outcome.Expired(), new Mail());
    submission.answer(new Outcome.Unavailable(), new Mail());
    submission.fail(new AssertionError("late"));

    // Then
    assertThat(submission.isAnswered()).isTrue();
    assertThat(promise.future().result()).isEqualTo(new Outcome.Expired());
  }

  @Test
  void aDefectIsItsAnswerToo() {
    // Given
    Submission submission = submission(new Intent.Move(leg(1, 2)));
    var defect = new IllegalStateException("defect");

    // When
    submission.fail(defect);
    submission.answer(new Outcome.Expired(), new Mail());

    // Then
    assertThat(submission.isAnswered()).isTrue();
    assertThat(promise.future().cause()).isSameAs(defect);
  }

  @Test
  void whatIsStoredUnderItsIdIsItsOwnOnlyIfItWasTried() {
    // Given
    Submission submission = submission(new Intent.Move(leg(1, 2)));
    var outcome = new Outcome.Posted(receipt(ID));
    var taken = new Outcome.Refused(new TransferIdTaken(ID), Optional.empty());
    assertThat(submission.isFateUnknown()).isFalse();
    assertThat(submission.outcomeOf(stored(Instant.EPOCH))).isEqualTo(taken);

    // When
    submission.loseSight(stored(Instant.EPOCH), outcome);

    // Then
    assertThat(submission.isFateUnknown()).isTrue();
    assertThat(submission.outcomeOf(stored(Instant.EPOCH))).isEqualTo(outcome);
    assertThat(submission.outcomeOf(stored(Instant.EPOCH.plusSeconds(1)))).isEqualTo(taken);
  }

  @Test
  void whatWasNotStoredIsForgotten() {
    // Given
    Submission submission = submission(new Intent.Move(leg(1, 2)));
    submission.loseSight(stored(Instant.EPOCH), new Outcome.Posted(receipt(ID)));

    // When
    submission.regainSight();

    // Then
    assertThat(submission.isFateUnknown()).isFalse();
    assertThat(submission.outcomeOf(stored(Instant.EPOCH)))
        .isEqualTo(new Outcome.Refused(new TransferIdTaken(ID), Optional.empty()));
  }
}
