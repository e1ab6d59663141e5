package io.sluice.pipeline;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What one tenant has in the waiting room. For one thread only. */
final class TenantLine {
  /** Those whose turn it is. */
  private final PriorityQueue<Submission> ready = byArrival();

  /** Those whose turn it is in the batch that is being put together, and in no other. */
  private final PriorityQueue<Submission> followers = byArrival();

  private int commands;
  private int legs;
  private long served;
  private boolean inTurn;

  private static PriorityQueue<Submission> byArrival() {
    return new PriorityQueue<>(Comparator.comparingLong(Submission::arrival));
  }

  void enter(Submission submission) {
    commands++;
    legs += submission.legs();
  }

  void leave(Submission submission) {
    commands--;
    legs -= submission.legs();
    if (commands < 0 || legs < commands) {
      throw new IllegalStateException(commands + " commands with " + legs + " legs wait");
    }
  }

  /** How many of the tenant's commands wait. */
  int commands() {
    return commands;
  }

  /** Whether nothing of the tenant waits. */
  boolean isEmpty() {
    return commands == 0;
  }

  /** The legs of all that wait. */
  int legs() {
    return legs;
  }

  /** How many legs it has been served so far, beside others that wait too. */
  long served() {
    return served;
  }

  /** Whoever had nothing waiting has saved nothing up. */
  void catchUp(long others) {
    served = Math.max(served, others);
  }

  void serve(int more) {
    served += more;
  }

  boolean isInTurn() {
    return inTurn;
  }

  void setInTurn(boolean value) {
    inTurn = value;
  }

  void addReady(Submission submission) {
    ready.add(submission);
  }

  void addFollower(Submission submission) {
    followers.add(submission);
  }

  boolean hasNobodyReady() {
    return ready.isEmpty() && followers.isEmpty();
  }

  int followers() {
    return followers.size();
  }

  /**
   * Takes the earlier one of the first follower and the first other, of those that still fit; or
   * null.
   */
  Submission next(Batch batch, int share, int max) {
    Submission other = ready.peek();
    Submission follower = followers.peek();
    boolean otherFits = other != null && batch.hasRoomFor(other, share);
    boolean followerFits = follower != null && batch.hasRoomFor(follower, max);
    if (otherFits && (!followerFits || other.arrival() < follower.arrival())) {
      return ready.poll();
    }
    return followerFits ? followers.poll() : null;
  }

  /** Takes all followers out: their batch is complete. */
  void dismissFollowers(Consumer<Submission> each) {
    while (!followers.isEmpty()) {
      each.accept(followers.poll());
    }
  }
}
