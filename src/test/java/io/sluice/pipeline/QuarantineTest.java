package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.loop.Mail;
import io.sluice.testing.CapturedLog;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The waiting room where somebody outside has locked accounts. */
class QuarantineTest {
  private static final AssetId ASSET = new AssetId(new UUID(0, 1));
  private static final long A_WHILE = TimeUnit.SECONDS.toNanos(10);

  private final CapturedLog log = CapturedLog.of(Ward.class);
  private long nanos;
  private final WaitingRoom room = new WaitingRoom(100_000, 100_000, () -> nanos);
  private final List<Submission> turnedAway = new ArrayList<>();
  private long arrivals;

  @AfterEach
  @AfterTry
  void close() {
    log.close();
  }

  private static AccountRef account(int number) {
    var holder = new HolderId(new UUID(1, number));
    return AccountRef.of(holder, ASSET, Bucket.AVAILABLE, AccountKind.SIMPLE);
  }

  private static UUID id(int account) {
    return account(account).id().value();
  }

  private Submission admit(int from, int to) {
    var command =
        TransferCommand.of(
                Principal.operator(new TenantId(1)), new TransferId(UUID.randomUUID()), "test")
            .to(
                new Intent.Move(
                    List.of(), List.of(Leg.of(account(from), account(to), Amount.of(1)))));
    var submission = new Submission(command, Promise.promise(), Long.MAX_VALUE / 2, arrivals++);
    assertThat(room.admit(submission)).isTrue();
    return submission;
  }

  private List<Submission> isolate(List<Submission> submissions, int account) {
    return room.isolate(submissions, List.of(id(account)), "test", turnedAway::add);
  }

  private List<Submission> trial() {
    nanos += A_WHILE;
    return room.takeTrial(10).submissions();
  }

  @Test
  void theOthersOfABatchGoOn() {
    // Given
    admit(1, 2);
    Submission other = admit(3, 4);
    Batch batch = room.take(10, 10);

    // When
    List<Submission> others = isolate(batch.submissions(), 1);

    // Then
    assertThat(others).containsExactly(other);
    assertThat(room.quarantine().size()).isOne();
  }

  @Test
  void whoWaitsForALockedAccountHoldsNobodyUpOnTheOtherOne() {
    // Given
    admit(1, 2);
    Batch batch = room.take(10, 10);
    admit(1, 3);
    Submission behind = admit(3, 4);
    assertThat(room.take(10, 10).isEmpty()).isTrue();

    // When
    isolate(batch.submissions(), 1);

    // Then
    assertThat(room.take(10, 10).submissions()).containsExactly(behind);
    assertThat(room.quarantine().size()).isEqualTo(2);
    assertThat(room.legs()).isZero();
  }

  @Test
  void whoComesLaterWaitsApartAtOnce() {
    // Given
    admit(1, 2);
    Batch batch = room.take(10, 10);
    isolate(batch.submissions(), 1);
    room.release(batch);

    // When
    admit(5, 1);

    // Then
    assertThat(room.take(10, 10).isEmpty()).isTrue();
    assertThat(room.size()).isZero();
    assertThat(room.quarantine().size()).isEqualTo(2);
  }

  @Test
  void theFirstIsTriedAndTheRestReturnsInOrderWhenItSucceeds() {
    // Given
    Submission first = admit(1, 2);
    Batch batch = room.take(10, 10);
    List<Submission> later = List.of(admit(1, 3), admit(1, 4), admit(5, 1));
    isolate(batch.submissions(), 1);
    room.release(batch);

    // When
    nanos += A_WHILE;
    Batch trial = room.takeTrial(10);
    room.release(trial);

    // Then
    assertThat(trial.submissions()).containsExactly(first);
    assertThat(room.take(10, 10).submissions()).containsExactlyElementsOf(later);
    assertThat(room.quarantine().accounts()).isZero();
  }

  @Test
  void whoReturnsDoesNotOvertakeThoseWhoWaitedBeforeHim() {
    // Given: the quarantined one came between two who wait for its other account
    admit(1, 9);
    Batch locked = room.take(10, 10);
    admit(2, 3);
    Batch busy = room.take(10, 10);
    Submission before = admit(2, 4);
    Submission returns = admit(1, 2);
    Submission after = admit(2, 5);
    isolate(locked.submissions(), 1);
    room.release(locked);
    nanos += A_WHILE;
    Batch trial = room.takeTrial(10);

    // When
    room.release(trial);
    room.release(busy);

    // Then
    assertThat(room.take(10, 10).submissions()).containsExactly(before, returns, after);
  }

  @Test
  void anAccountThatIsStillLockedIsLeftAloneForAWhile() {
    // Given
    admit(1, 2);
    Batch batch = room.take(10, 10);
    isolate(batch.submissions(), 1);
    room.release(batch);
    nanos += A_WHILE;
    Batch trial = room.takeTrial(10);
    nanos += TimeUnit.MILLISECONDS.toNanos(50);
    isolate(trial.submissions(), 1);
    room.release(trial);

    // When
    nanos += TimeUnit.MILLISECONDS.toNanos(199);
    boolean early = room.takeTrial(10).isEmpty();

    // Then
    assertThat(early).isTrue();
    assertThat(trial()).hasSize(1);
  }

  @Test
  void oneTrialIsUnderWayAtATime() {
    // Given
    admit(1, 2);
    admit(3, 4);
    Batch batch = room.take(10, 10);
    isolate(isolate(batch.submissions(), 1), 3);
    room.release(batch);
    assertThat(trial()).hasSize(2);

    // When
    admit(1, 5);

    // Then
    assertThat(trial()).isEmpty();
  }

  @Test
  void thoseWhoseDeadlinePassesAreHandedOverOnceAndTheAccountIsForgotten() {
    // Given
    Submission late = admit(1, 2);
    Batch batch = room.take(10, 10);
    isolate(batch.submissions(), 1);
    room.release(batch);
    var expired = new ArrayList<Submission>();

    // When
    room.expire(
        Long.MAX_VALUE / 2,
        submission -> {
          expired.add(submission);
          submission.answer(new io.sluice.ledger.Outcome.Expired(), new Mail());
        });

    // Then
    assertThat(expired).containsExactly(late);
    assertThat(trial()).isEmpty();
    assertThat(room.isEmpty()).isTrue();
    assertThat(room.quarantine().accounts()).isZero();
  }

  /** Whatever is locked when: each is carried out once, and batches in flight share nothing. */
  @Property(tries = 200)
  void everybodyComesOutOnce(
      @ForAll Random random, @ForAll @IntRange(min = 2, max = 12) int accounts) {
    var admitted = new ArrayList<Submission>();
    var done = new ArrayList<Submission>();
    Map<Batch, List<Submission>> inFlight = new LinkedHashMap<>();
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          int from = random.nextInt(accounts);
          admitted.add(admit(from, (from + 1 + random.nextInt(accounts - 1)) % accounts));
        }
        case 2 -> fly(room.take(3, 5), inFlight);
        case 3 -> {
          nanos += TimeUnit.MILLISECONDS.toNanos(random.nextInt(500));
          fly(room.takeTrial(5), inFlight);
        }
        default -> land(random, inFlight, done, accounts);
      }
    }
    for (int round = 0; !room.isEmpty() || !inFlight.isEmpty(); round++) {
      assertThat(round).as("somebody is never let go").isLessThan(2_000);
      land(random, inFlight, done, 0);
      nanos += A_WHILE;
      fly(room.takeTrial(5), inFlight);
      fly(room.take(3, 5), inFlight);
    }
    assertThat(done).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(admitted);
    assertThat(turnedAway).isEmpty();
    assertThat(room.legs()).isZero();
    trial();
    assertThat(room.slotCount()).isZero();
    assertThat(room.quarantine().accounts()).isZero();
  }

  private void fly(Batch batch, Map<Batch, List<Submission>> inFlight) {
    if (!batch.isEmpty()) {
      Set<Slot> held = new HashSet<>();
      inFlight.keySet().forEach(other -> held.addAll(other.slots()));
      assertThat(batch.slots())
          .doesNotContainAnyElementsOf(held.isEmpty() ? Set.of(new Slot(ASSET.value())) : held);
      inFlight.put(batch, List.copyOf(batch.submissions()));
    }
  }

  /** A batch ends; or, of as many accounts, one is found locked, and the batch flies on. */
  private void land(
      Random random, Map<Batch, List<Submission>> inFlight, List<Submission> done, int accounts) {
    if (inFlight.isEmpty()) {
      return;
    }
    Batch batch = inFlight.keySet().iterator().next();
    if (accounts > 0 && random.nextInt(3) == 0) {
      UUID locked = batch.slots().get(random.nextInt(batch.slots().size())).id();
      inFlight.put(
          batch, room.isolate(inFlight.get(batch), List.of(locked), "test", turnedAway::add));
    } else {
      done.addAll(inFlight.remove(batch));
      room.release(batch);
    }
  }
}
