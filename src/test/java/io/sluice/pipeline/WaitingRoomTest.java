package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.loop.Mail;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private static final AssetId ASSET = new AssetId(new UUID(0, 1));

  private long nanos;
  private final WaitingRoom room = new WaitingRoom(1_000, 1_000, () -> nanos);
  private long arrivals;

  private static AccountRef account(int number) {
    var holder = new HolderId(new UUID(1, number));
    return AccountRef.of(holder, ASSET, Bucket.AVAILABLE, AccountKind.SIMPLE);
  }

  private Submission submission(int from, int to) {
    return submission(from, to, Long.MAX_VALUE / 2);
  }

  private Submission submission(int from, int to, long deadlineNanos) {
    return submission(List.of(Leg.of(account(from), account(to), Amount.of(1))), deadlineNanos);
  }

  /** A transfer to that many recipients, from {@code firstTo} on. */
  private Submission wide(int from, int firstTo, int recipients) {
    return submission(legs(from, firstTo, recipients), Long.MAX_VALUE / 2);
  }

  private static List<Leg> legs(int from, int firstTo, int recipients) {
    return IntStream.range(firstTo, firstTo + recipients)
        .mapToObj(to -> Leg.of(account(from), account(to), Amount.of(1)))
        .toList();
  }

  private Submission submission(List<Leg> legs, long deadlineNanos) {
    return submission(1, legs, deadlineNanos);
  }

  /** A transfer of as many legs, between accounts that nobody else touches. */
  private Submission of(int tenant, int recipients) {
    int from = 1_000_000 + 1_000 * (int) arrivals;
    return submission(tenant, legs(from, from + 1, recipients), Long.MAX_VALUE / 2);
  }

  private List<Submission> admit(int commands, int tenant, int recipients) {
    return Stream.generate(() -> of(tenant, recipients))
        .limit(commands)
        .filter(room::admit)
        .toList();
  }

  private static long legs(Batch batch, int tenant) {
    return batch.submissions().stream()
        .filter(s -> s.command().tenant().value() == tenant)
        .mapToInt(Submission::legs)
        .sum();
  }

  private Submission submission(int tenant, List<Leg> legs, long deadlineNanos) {
    var command =
        TransferCommand.of(
                Principal.operator(new TenantId(tenant)), new TransferId(UUID.randomUUID()), "test")
            .to(new Intent.Move(List.of(), legs));
    return new Submission(command, Promise.promise(), deadlineNanos, arrivals++);
  }

  private List<Submission> admit(Submission... submissions) {
    assertThat(submissions).allMatch(room::admit);
    return Arrays.asList(submissions);
  }

  @Test
  void commandsOnOneAccountRideInOneBatch() {
    // Given
    List<Submission> submissions = admit(submission(1, 2), submission(1, 3), submission(3, 1));

    // When
    Batch batch = room.take(10, 10);

    // Then
    assertThat(batch.submissions()).containsExactlyElementsOf(submissions);
    assertThat(room.size()).isZero();
  }

  @Test
  void aCommandOnAnAccountInFlightIsParkedUntilThatBatchEnds() {
    // Given
    admit(submission(1, 2));
    Batch inFlight = room.take(10, 10);
    List<Submission> parked = admit(submission(2, 3));
    assertThat(room.take(10, 10).isEmpty()).isTrue();

    // When
    room.release(inFlight);

    // Then
    assertThat(room.take(10, 10).submissions()).containsExactlyElementsOf(parked);
  }

  @Test
  void nobodyOvertakesAParkedCommandOnItsOtherAccount() {
    // Given
    admit(submission(1, 2));
    Batch inFlight = room.take(10, 10);
    Submission parked = admit(submission(2, 3)).getFirst();
    Submission later = admit(submission(3, 4)).getFirst();

    // When
    Batch meanwhile = room.take(10, 10);

    // Then
    assertThat(meanwhile.isEmpty()).isTrue();
    room.release(inFlight);
    assertThat(room.take(10, 10).submissions()).containsExactly(parked, later);
  }

  @Test
  void unrelatedCommandsPassAParkedOne() {
    // Given
    admit(submission(1, 2));
    room.take(10, 10);
    admit(submission(1, 3));
    List<Submission> free = admit(submission(5, 6));

    // When
    Batch batch = room.take(10, 10);

    // Then
    assertThat(batch.submissions()).containsExactlyElementsOf(free);
  }

  @Test
  void aHotAccountLeavesRoomForEarlierArrivalsOfOthers() {
    // Given
    var order = new ArrayList<Submission>();
    for (int i = 0; i < 20; i++) {
      order.addAll(admit(submission(1, 100 + i), submission(200 + 2 * i, 201 + 2 * i)));
    }

    // When
    Batch batch = room.take(10, 10);

    // Then
    assertThat(batch.submissions()).containsExactlyElementsOf(order.subList(0, 10));
  }

  @Test
  void aBatchWithAHotAccountTakesThoseAlongWhoCouldGoNowhereElse() {
    // Given
    List<Submission> hot =
        admit(submission(1, 101), submission(1, 102), submission(1, 103), submission(1, 104));
    List<Submission> others = admit(submission(5, 6), submission(7, 8));

    // When
    Batch batch = room.take(2, 3);

    // Then
    assertThat(batch.submissions()).containsExactlyElementsOf(hot.subList(0, 3));
    assertThat(room.take(2, 3).submissions()).containsExactlyElementsOf(others);
    room.release(batch);
    assertThat(room.take(2, 3).submissions()).containsExactly(hot.getLast());
  }

  @Test
  void batchesAreMeasuredInLegs() {
    // Given
    List<Submission> submissions =
        admit(
            submission(1, 2),
            wide(3, 100, 6),
            submission(4, 5),
            wide(6, 200, 50),
            submission(7, 8));

    // When
    var batches = List.of(room.take(8, 10), room.take(8, 10), room.take(8, 10));

    // Then
    assertThat(batches.get(0).submissions()).containsExactlyElementsOf(submissions.subList(0, 3));
    assertThat(batches.get(1).submissions()).containsExactly(submissions.get(3));
    assertThat(batches.get(2).submissions()).containsExactly(submissions.get(4));
    assertThat(room.legs()).isZero();
  }

  @Test
  void aFullRoomLetsNobodyIn() {
    // Given
    var small = new WaitingRoom(1, 1, () -> nanos);
    small.admit(submission(1, 2));

    // When
    boolean admitted = small.admit(submission(3, 4));

    // Then
    assertThat(admitted).isFalse();
  }

  @Test
  void aTenantTakesNoMorePlacesThanAreFree() {
    // Given
    int greedy = admit(1_000, 1, 1).size();

    // When
    int other = admit(1_000, 2, 1).size();

    // Then
    assertThat(greedy).isEqualTo(501);
    assertThat(other).isEqualTo(250);
    assertThat(admit(1_000, 3, 1)).hasSize(125);
  }

  @Test
  void tenantsAreServedInTurnHoweverMuchOneHasWaiting() {
    // Given
    List<Submission> many = admit(100, 1, 1);
    List<Submission> few = admit(3, 2, 1);

    // When
    Batch batch = room.take(8, 8);

    // Then
    assertThat(batch.submissions()).containsAll(few).containsAll(many.subList(0, 5)).hasSize(8);
  }

  @Test
  void tenantsGetTheSameNumberOfLegsNotOfCommands() {
    // Given
    admit(10, 1, 10);
    admit(100, 2, 1);

    // When
    Batch batch = room.take(60, 60);

    // Then
    assertThat(List.of(legs(batch, 1), legs(batch, 2))).containsExactly(30L, 30L);
  }

  @Test
  void nobodySavesTurnsUp() {
    // Given
    admit(100, 1, 1);
    room.release(room.take(50, 50));
    admit(100, 2, 1);

    // When
    Batch batch = room.take(40, 40);

    // Then
    assertThat(legs(batch, 1)).isBetween(19L, 21L);
    assertThat(batch.legs()).isEqualTo(40);
  }

  @Test
  void aTenantsFollowersRideBesideOthersInTurn() {
    // Given
    List<Submission> hot = admit(submission(1, 101), submission(1, 102), submission(1, 103));
    admit(10, 2, 1);

    // When
    Batch batch = room.take(4, 4);

    // Then
    assertThat(batch.submissions()).containsAll(hot.subList(0, 2)).hasSize(4);
    assertThat(legs(batch, 2)).isEqualTo(2);
  }

  @Test
  void othersCountAgainstATenantAsFarAsItHasSomethingWaiting() {
    // Given
    admit(100, 1, 2);
    admit(3, 2, 5);

    // When
    var before =
        IntStream.of(1, 2, 3).mapToObj(tenant -> room.legsBefore(new TenantId(tenant))).toList();

    // Then
    assertThat(before).containsExactly(215L, 30L, 0L);
  }

  @Test
  void anExpiredCommandIsHandedOverOnceAndNeverEntersABatch() {
    // Given
    admit(submission(1, 2, 1_000));
    Batch inFlight = room.take(10, 10);
    Submission parked = admit(submission(2, 3, 1_000)).getFirst();
    Submission behind = admit(submission(3, 4)).getFirst();
    var expired = new ArrayList<Submission>();

    // When
    room.expire(
        1_000,
        submission -> {
          expired.add(submission);
          submission.answer(new Outcome.Expired(), new Mail());
        });
    room.release(inFlight);

    // Then
    assertThat(expired).containsExactly(parked);
    assertThat(room.take(10, 10).submissions()).containsExactly(behind);
    assertThat(room.size()).isZero();
  }

  @Test
  void whatIsInsideIsCounted() {
    // Given: of 3 legs on 4 accounts, and of 1 on 2
    admit(wide(1, 2, 3), submission(9, 10));
    var inside = List.of(room.size(), room.legs(), room.slotCount(), room.deadlineCount());

    // When
    Batch batch = room.take(10, 10);

    // Then
    assertThat(inside).containsExactly(2, 4, 6, 2);
    assertThat(batch.legs()).isEqualTo(4);
    assertThat(batch.slots()).hasSize(6);
    assertThat(List.of(room.size(), room.legs())).containsExactly(0, 0);
    room.release(batch);
    assertThat(room.slotCount()).isZero();
  }

  @Test
  void thoseWhoHaveGoneAreForgottenOnlyWhenTheyAreMany() {
    // Given
    var small = new WaitingRoom(2, 2, () -> nanos);
    var counts = new ArrayList<Integer>();

    // When
    for (int i = 0; i < 6; i++) {
      small.admit(submission(5, 6));
      counts.add(small.deadlineCount());
      small.release(small.take(1, 1));
    }

    // Then
    assertThat(counts).containsExactly(1, 2, 3, 4, 1, 2);
  }

  @Test
  void oneThatWaitsForLongDoesNotMakeThoseBehindItStayInMemory() {
    // Given
    var small = new WaitingRoom(10, 10, () -> nanos);
    small.admit(submission(1, 2));
    small.take(1, 1);
    Submission parked = submission(1, 3);
    small.admit(parked);

    // When
    for (int i = 0; i < 1_000; i++) {
      small.admit(submission(5, 6));
      small.release(small.take(1, 1));
    }

    // Then
    assertThat(small.deadlineCount()).isLessThanOrEqualTo(20);
    var expired = new ArrayList<Submission>();
    small.expire(Long.MAX_VALUE / 2, expired::add);
    assertThat(expired).containsExactly(parked);
  }

  @Test
  void oneThatComesLateExpiresAtItsOwnDeadline() {
    // Given
    List<Submission> others = admit(submission(1, 2, 1_000), submission(3, 4, 1_000));
    Submission late = submission(5, 6, 999);
    room.admitLate(late);
    var expired = new ArrayList<Submission>();

    // When
    room.expire(
        999,
        submission -> {
          expired.add(submission);
          submission.answer(new Outcome.Expired(), new Mail());
        });

    // Then
    assertThat(expired).containsExactly(late);
    assertThat(room.take(10, 10).submissions()).containsExactlyElementsOf(others);
    assertThat(room.size()).isZero();
  }

  @Test
  void letsNobodyInWhoseDeadlineWouldBeOverlooked() {
    // Given
    admit(submission(1, 2, 1_000));
    Submission hasty = submission(3, 4, 999);

    // When / Then
    assertThatThrownBy(() -> room.admit(hasty)).isInstanceOf(IllegalStateException.class);
    assertThat(room.size()).isOne();
  }

  @Test
  void keepsTheOrderOfDeadlinesAsTheClockWrapsAround() {
    // Given
    admit(submission(1, 2, Long.MAX_VALUE));

    // When
    boolean admitted = room.admit(submission(3, 4, Long.MIN_VALUE));

    // Then
    assertThat(admitted).isTrue();
  }

  @Test
  void aBatchEndsOnce() {
    // Given
    admit(submission(1, 2));
    Batch batch = room.take(10, 10);
    room.release(batch);

    // When / Then
    assertThatThrownBy(() -> room.release(batch)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCommandRidesInOneBatch() {
    // Given
    admit(submission(1, 2));
    Submission riding = room.take(10, 10).submissions().getFirst();

    // When / Then
    assertThatThrownBy(() -> new Batch().add(riding)).isInstanceOf(IllegalStateException.class);
  }

  @Property(tries = 200)
  void batchesInFlightAreDisjointAndOrderPerAccountIsOrderOfArrival(
      @ForAll Random random, @ForAll @IntRange(min = 2, max = 12) int accounts) {
    var property = new WaitingRoom(10_000, 10_000, () -> nanos);
    Map<UUID, List<Long>> takenOrder = new HashMap<>();
    var inFlight = new ArrayList<Batch>();
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          int from = random.nextInt(accounts);
          int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
          Submission submission =
              random.nextInt(5) == 0 ? wide(from, 1_000 + to, 7) : submission(from, to);
          property.admit(submission);
          if (random.nextInt(10) == 0) {
            submission.answer(new Outcome.Expired(), new Mail());
          }
        }
        case 1 -> take(property, random, inFlight, takenOrder);
        default -> releaseOne(property, inFlight, random);
      }
    }
    for (int rounds = 0; property.size() > 0; rounds++) {
      assertThat(rounds).as("somebody is never let go").isLessThan(1_000);
      releaseOne(property, inFlight, random);
      take(property, random, inFlight, takenOrder);
    }
    inFlight.forEach(property::release);
    assertThat(takenOrder.values()).allSatisfy(order -> assertThat(order).isSorted());
    assertThat(property.size()).isZero();
    assertThat(property.legs()).isZero();
    assertThat(property.slotCount()).isZero();
  }

  private static void take(
      WaitingRoom room, Random random, List<Batch> inFlight, Map<UUID, List<Long>> order) {
    int share = 1 + random.nextInt(5);
    int max = share + random.nextInt(5);
    Batch batch = room.take(share, max);
    assertThat(batch.submissions()).noneMatch(Submission::isAnswered);
    assertThat(batch.legs() <= max || batch.submissions().size() == 1).as("fits").isTrue();
    Set<UUID> others = new HashSet<>();
    inFlight.forEach(b -> b.slots().forEach(s -> others.add(s.id())));
    batch.slots().forEach(slot -> assertThat(others).doesNotContain(slot.id()));
    for (Submission submission : batch.submissions()) {
      submission
          .slots()
          .forEach(
              s -> order.computeIfAbsent(s.id(), i -> new ArrayList<>()).add(submission.arrival()));
    }
    if (!batch.isEmpty()) {
      inFlight.add(batch);
    }
  }

  private static void releaseOne(WaitingRoom room, List<Batch> inFlight, Random random) {
    if (!inFlight.isEmpty()) {
      room.release(inFlight.remove(random.nextInt(inFlight.size())));
    }
  }
}
