package io.sluice.pipeline;

import io.sluice.share.Shares;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The commands that touch what somebody outside of this pipeline keeps locked. They wait apart, so
 * that nobody else waits for that lock. From time to time the first one of each locked account is
 * tried again; when that succeeds, the others return. Bounded. For one thread only.
 */
final class Quarantine {
  /** How much longer than a trial in vain nothing is tried: it took a lane's time. */
  private static final int REST = 4;

  private final Map<UUID, Ward> wards = new LinkedHashMap<>();
  private final Shares<UUID> places;
  private final LongSupplier nanoTime;
  private int size;
  private Batch trial = new Batch();
  private long trialBegan;
  private long restsUntil;
  private boolean inVain;

  /**
   * @param nanoTime tells time as {@link System#nanoTime} does
   */
  Quarantine(int capacity, LongSupplier nanoTime) {
    this.places = new Shares<>(capacity);
    this.nanoTime = nanoTime;
    this.restsUntil = nanoTime.getAsLong();
  }

  /** Accounts that are locked. */
  int accounts() {
    return wards.size();
  }

  /** Commands that wait. */
  int size() {
    return size;
  }

  /** Whether a command touches something that is locked. */
  boolean concerns(Submission submission) {
    return !wards.isEmpty() && !wardsOf(submission).isEmpty();
  }

  private List<Ward> wardsOf(Submission submission) {
    var found = new ArrayList<Ward>(1);
    addWard(submission.command().id().value(), found);
    submission.touches().forEach(id -> addWard(id, found));
    return found;
  }

  private void addWard(UUID id, List<Ward> found) {
    Ward ward = wards.get(id);
    if (ward != null && !found.contains(ward)) {
      found.add(ward);
    }
  }

  /** Notes that an account, or what a command needs besides, was found locked. */
  void findLocked(UUID id, String why) {
    wards
        .computeIfAbsent(id, locked -> new Ward(locked, places.holding(locked), why))
        .findLocked(nanoTime.getAsLong());
    inVain = true;
  }

  /** Lets a command wait that {@link #concerns} this; false when there is no room for it. */
  boolean enter(Submission submission) {
    List<Ward> all = wardsOf(submission);
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).enter(submission)) {
        all.subList(0, i).forEach(entered -> entered.leave(submission));
        return false;
      }
    }
    submission.setWards(all);
    submission.leavePortion();
    size++;
    return true;
  }

  /** Has one who waits wait also for what was found locked after he came. */
  private void join(Submission submission) {
    List<Ward> all = wardsOf(submission);
    for (Ward ward : all) {
      if (!submission.wards().contains(ward)) {
        ward.enterAlso(submission);
      }
    }
    submission.setWards(all);
  }

  private void leave(Submission submission) {
    submission.wards().forEach(ward -> ward.leave(submission));
    submission.setWards(List.of());
    size--;
  }

  /**
   * Takes one command of each account that is due into a batch; possibly none. One such batch is
   * under way at a time, and it is to end with {@link #release}.
   *
   * @param occupies whether a command's turn has come in a batch as far as others are concerned,
   *     who wait in their usual place
   */
  Batch takeTrial(int maxLegs, BiPredicate<Submission, Batch> occupies) {
    var batch = new Batch();
    long nowNanos = nanoTime.getAsLong();
    if (!trial.isEmpty() || nowNanos - restsUntil < 0) {
      return batch;
    }
    for (Ward ward : List.copyOf(wards.values())) {
      if (ward.isDue(nowNanos)) {
        tryFirst(ward, batch, maxLegs, occupies);
      }
    }
    if (!batch.isEmpty()) {
      trial = batch;
      trialBegan = nowNanos;
      inVain = false;
    }
    return batch;
  }

  private void tryFirst(
      Ward ward, Batch batch, int maxLegs, BiPredicate<Submission, Batch> occupies) {
    Submission first = firstOf(ward);
    if (first == null) {
      wards.remove(ward.id());
      ward.close();
      return;
    }
    join(first);
    List<Ward> all = first.wards();
    if (all.stream().allMatch(each -> firstOf(each) == first)
        && batch.hasRoomFor(first, maxLegs)
        && occupies.test(first, batch)) {
      leave(first);
      all.forEach(Ward::beginTrial);
      batch.add(first);
    }
  }

  /** The first one who has not been answered; or null. */
  private Submission firstOf(Ward ward) {
    Submission first = ward.waiting().peek();
    while (first != null && first.isAnswered()) {
      leave(first);
      first = ward.waiting().peek();
    }
    return first;
  }

  /**
   * Notes that a batch has ended. What was tried in it and not found locked is free.
   *
   * @param returns gets those who wait for nothing else, in the order of their arrival
   */
  void release(Batch batch, Consumer<Submission> returns) {
    if (batch != trial) {
      return;
    }
    trial = new Batch();
    long nowNanos = nanoTime.getAsLong();
    restsUntil = inVain ? nowNanos + REST * (nowNanos - trialBegan) : nowNanos;
    wards.values().stream().filter(Ward::isOnTrial).toList().forEach(ward -> free(ward, returns));
  }

  private void free(Ward ward, Consumer<Submission> returns) {
    wards.remove(ward.id());
    ward.close();
    for (Submission submission : ward.waiting()) {
      join(submission);
      if (submission.wards().isEmpty()) {
        size--;
        if (!submission.isAnswered()) {
          returns.accept(submission);
        }
      }
    }
  }

  /** Hands over every command whose deadline has passed. They must be answered. */
  void expire(long nowNanos, Consumer<Submission> expired) {
    for (Ward ward : wards.values()) {
      Submission first = firstOf(ward);
      while (first != null && first.isPastDeadline(nowNanos)) {
        expired.accept(first);
        first = firstOf(ward);
      }
    }
  }
}
