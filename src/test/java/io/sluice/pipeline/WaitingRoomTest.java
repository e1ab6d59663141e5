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
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private static final AssetId ASSET = new AssetId(new UUID(0, 1));

  private final WaitingRoom room = new WaitingRoom(1_000);
  private long arrivals;

  private static AccountRef account(int number) {
    var holder = new HolderId(new UUID(1, number));
    return AccountRef.of(holder, ASSET, Bucket.AVAILABLE, AccountKind.SIMPLE);
  }

  private Entry entry(int from, int to) {
    return entry(from, to, Long.MAX_VALUE / 2);
  }

  private Entry entry(int from, int to, long deadlineNanos) {
    return entry(List.of(Leg.of(account(from), account(to), Amount.of(1))), deadlineNanos);
  }

  /** A transfer to that many recipients, from {@code firstTo} on. */
  private Entry wide(int from, int firstTo, int recipients) {
    var legs = new ArrayList<Leg>();
    for (int i = 0; i < recipients; i++) {
      legs.add(Leg.of(account(from), account(firstTo + i), Amount.of(1)));
    }
    return entry(legs, Long.MAX_VALUE / 2);
  }

  private Entry entry(List<Leg> legs, long deadlineNanos) {
    var command =
        TransferCommand.of(new TenantId(1), new TransferId(UUID.randomUUID()), "test")
            .to(new Intent.Move(List.of(), legs));
    return new Entry(command, Promise.promise(), deadlineNanos, arrivals++);
  }

  private List<Entry> admit(Entry... entries) {
    assertThat(entries).allMatch(room::admit);
    return Arrays.asList(entries);
  }

  @Test
  void commandsOnOneAccountRideInOneBatch() {
    // Given
    List<Entry> entries = admit(entry(1, 2), entry(1, 3), entry(3, 1));

    // When
    Batch batch = room.take(10, 10);

    // Then
    assertThat(batch.entries()).containsExactlyElementsOf(entries);
    assertThat(room.size()).isZero();
  }

  @Test
  void aCommandOnAnAccountInFlightIsParkedUntilThatBatchEnds() {
    // Given
    admit(entry(1, 2));
    Batch inFlight = room.take(10, 10);
    List<Entry> parked = admit(entry(2, 3));
    assertThat(room.take(10, 10).isEmpty()).isTrue();

    // When
    room.release(inFlight);

    // Then
    assertThat(room.take(10, 10).entries()).containsExactlyElementsOf(parked);
  }

  @Test
  void nobodyOvertakesAParkedCommandOnItsOtherAccount() {
    // Given
    admit(entry(1, 2));
    Batch inFlight = room.take(10, 10);
    Entry parked = admit(entry(2, 3)).getFirst();
    Entry later = admit(entry(3, 4)).getFirst();

    // When
    Batch meanwhile = room.take(10, 10);

    // Then
    assertThat(meanwhile.isEmpty()).isTrue();
    room.release(inFlight);
    assertThat(room.take(10, 10).entries()).containsExactly(parked, later);
  }

  @Test
  void unrelatedCommandsPassAParkedOne() {
    // Given
    admit(entry(1, 2));
    room.take(10, 10);
    admit(entry(1, 3));
    List<Entry> free = admit(entry(5, 6));

    // When
    Batch batch = room.take(10, 10);

    // Then
    assertThat(batch.entries()).containsExactlyElementsOf(free);
  }

  @Test
  void aHotAccountLeavesRoomForEarlierArrivalsOfOthers() {
    // Given
    var order = new ArrayList<Entry>();
    for (int i = 0; i < 20; i++) {
      order.addAll(admit(entry(1, 100 + i), entry(200 + 2 * i, 201 + 2 * i)));
    }

    // When
    Batch batch = room.take(10, 10);

    // Then
    assertThat(batch.entries()).containsExactlyElementsOf(order.subList(0, 10));
  }

  @Test
  void aBatchWithAHotAccountTakesThoseAlongWhoCouldGoNowhereElse() {
    // Given
    List<Entry> hot = admit(entry(1, 101), entry(1, 102), entry(1, 103), entry(1, 104));
    List<Entry> others = admit(entry(5, 6), entry(7, 8));

    // When
    Batch batch = room.take(2, 3);

    // Then
    assertThat(batch.entries()).containsExactlyElementsOf(hot.subList(0, 3));
    assertThat(room.take(2, 3).entries()).containsExactlyElementsOf(others);
    room.release(batch);
    assertThat(room.take(2, 3).entries()).containsExactly(hot.getLast());
  }

  @Test
  void batchesAreMeasuredInLegs() {
    // Given
    List<Entry> entries =
        admit(entry(1, 2), wide(3, 100, 6), entry(4, 5), wide(6, 200, 50), entry(7, 8));

    // When
    var batches = List.of(room.take(8, 10), room.take(8, 10), room.take(8, 10));

    // Then
    assertThat(batches.get(0).entries()).containsExactlyElementsOf(entries.subList(0, 3));
    assertThat(batches.get(1).entries()).containsExactly(entries.get(3));
    assertThat(batches.get(2).entries()).containsExactly(entries.get(4));
    assertThat(room.legs()).isZero();
  }

  @Test
  void aFullRoomLetsNobodyIn() {
    // Given
    var small = new WaitingRoom(1);
    small.admit(entry(1, 2));

    // When
    boolean admitted = small.admit(entry(3, 4));

    // Then
    assertThat(admitted).isFalse();
  }

  @Test
  void anExpiredCommandIsHandedOverOnceAndNeverEntersABatch() {
    // Given
    admit(entry(1, 2));
    Batch inFlight = room.take(10, 10);
    Entry parked = admit(entry(2, 3, 1_000)).getFirst();
    Entry behind = admit(entry(3, 4)).getFirst();
    var expired = new ArrayList<Entry>();

    // When
    room.expire(
        1_000,
        entry -> {
          expired.add(entry);
          entry.answer(new Outcome.Expired());
        });
    room.release(inFlight);

    // Then
    assertThat(expired).containsExactly(parked);
    assertThat(room.take(10, 10).entries()).containsExactly(behind);
    assertThat(room.size()).isZero();
  }

  @Test
  void oneThatWaitsForLongDoesNotMakeThoseBehindItStayInMemory() {
    // Given
    var small = new WaitingRoom(10);
    small.admit(entry(1, 2));
    small.take(1, 1);
    Entry parked = entry(1, 3);
    small.admit(parked);

    // When
    for (int i = 0; i < 1_000; i++) {
      small.admit(entry(5, 6));
      small.release(small.take(1, 1));
    }

    // Then
    assertThat(small.deadlineCount()).isLessThanOrEqualTo(20);
    var expired = new ArrayList<Entry>();
    small.expire(Long.MAX_VALUE / 2, expired::add);
    assertThat(expired).containsExactly(parked);
  }

  @Property(tries = 200)
  void batchesInFlightAreDisjointAndOrderPerAccountIsOrderOfArrival(
      @ForAll Random random, @ForAll @IntRange(min = 2, max = 12) int accounts) {
    var property = new WaitingRoom(10_000);
    Map<UUID, List<Long>> takenOrder = new HashMap<>();
    var inFlight = new ArrayList<Batch>();
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          int from = random.nextInt(accounts);
          int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
          Entry entry = random.nextInt(5) == 0 ? wide(from, 1_000 + to, 7) : entry(from, to);
          property.admit(entry);
          if (random.nextInt(10) == 0) {
            entry.answer(new Outcome.Expired());
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
    assertThat(batch.entries()).noneMatch(Entry::isAnswered);
    assertThat(batch.legs() <= max || batch.entries().size() == 1).as("fits").isTrue();
    Set<UUID> others = new HashSet<>();
    inFlight.forEach(b -> b.slots().forEach(s -> others.add(s.id())));
    batch.slots().forEach(slot -> assertThat(others).doesNotContain(slot.id()));
    for (Entry entry : batch.entries()) {
      entry
          .slots()
          .forEach(s -> order.computeIfAbsent(s.id(), i -> new ArrayList<>()).add(entry.arrival()));
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
