package io.sluice.pipeline;

import io.sluice.ledger.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The tenants' lines, served in turn: whoever has something ready gets as many legs as any other
 * who has, however many commands he sends. Of the places nobody takes one more while he has more
 * than are free, as in {@link io.sluice.share.Shares}, whose lock and look-ups each transfer would
 * pay for. For one thread only.
 */
final class TenantLines {
  /** Lines of tenants without a command that are kept for their next one. */
  private static final int MAX_KEPT = 1_024;

  private final int capacity;
  private final Map<TenantId, TenantLine> lines = new HashMap<>();

  /** Lines with somebody ready, who got least so far first; a line may have lost him since. */
  private final PriorityQueue<TenantLine> turns =
      new PriorityQueue<>(Comparator.comparingLong(TenantLine::served));

  private final List<TenantLine> asked = new ArrayList<>();
  private long served;
  private int followers;
  private int active;
  private int commands;

  TenantLines(int capacity) {
    this.capacity = capacity;
  }

  /** Lets a command in, unless its tenant has its share of the places. */
  boolean enter(Submission submission) {
    TenantLine line = lineOf(submission);
    int free = capacity - commands;
    if (free < 1 || line.commands() > free) {
      return false;
    }
    enter(line, submission);
    return true;
  }

  private void enter(TenantLine line, Submission submission) {
    active += line.isEmpty() ? 1 : 0;
    commands++;
    line.enter(submission);
  }

  /** Lets a command in that had been in already. */
  void enterAgain(Submission submission) {
    enter(lineOf(submission), submission);
  }

  void leave(Submission submission) {
    TenantLine line = submission.line();
    line.leave(submission);
    commands--;
    if (line.isEmpty()) {
      active--;
      if (lines.size() > MAX_KEPT && !line.isInTurn()) {
        lines.remove(submission.command().tenant());
      }
    }
  }

  private TenantLine lineOf(Submission submission) {
    TenantLine line =
        lines.computeIfAbsent(submission.command().tenant(), tenant -> new TenantLine());
    submission.stand(line);
    return line;
  }

  /** Commands of all tenants. */
  int size() {
    return commands;
  }

  /** The legs that will be served before a further command of a tenant, at most. */
  long legsBefore(TenantId tenant) {
    TenantLine line = lines.get(tenant);
    return line == null ? 0 : (long) line.legs() * active;
  }

  void addReady(Submission submission) {
    takePart(submission.line()).addReady(submission);
  }

  /** Adds a command whose turn it is in the batch that is being put together only. */
  void addFollower(Submission submission) {
    takePart(submission.line()).addFollower(submission);
    followers++;
  }

  private TenantLine takePart(TenantLine line) {
    if (!line.isInTurn()) {
      line.catchUp(served);
      line.setInTurn(true);
      turns.add(line);
    }
    return line;
  }

  /** Takes the next command that fits into a batch out; or null. */
  Submission next(Batch batch, int share, int max) {
    if (!batch.isEmpty() && batch.legs() >= (followers == 0 ? share : max)) {
      return null;
    }
    return turns.size() == 1 ? nextOfOne(batch, share, max) : nextInTurn(batch, share, max);
  }

  /** As nearly always: there is nobody to take turns with. */
  private Submission nextOfOne(Batch batch, int share, int max) {
    TenantLine line = turns.peek();
    Submission found = next(line, batch, share, max);
    if (line.hasNobodyReady()) {
      turns.poll();
      line.setInTurn(false);
    }
    return found;
  }

  private Submission nextInTurn(Batch batch, int share, int max) {
    Submission found = null;
    while (found == null && !turns.isEmpty()) {
      TenantLine line = turns.poll();
      asked.add(line);
      found = next(line, batch, share, max);
    }
    asked.forEach(this::putBack);
    asked.clear();
    return found;
  }

  private Submission next(TenantLine line, Batch batch, int share, int max) {
    followers -= line.followers();
    Submission found = line.next(batch, share, max);
    followers += line.followers();
    if (found != null) {
      served = line.served();
      line.serve(found.legs());
    }
    return found;
  }

  private void putBack(TenantLine line) {
    if (line.hasNobodyReady()) {
      line.setInTurn(false);
    } else {
      turns.add(line);
    }
  }

  /** Takes all followers out: their batch is complete. */
  void dismissFollowers(Consumer<Submission> each) {
    if (followers > 0) {
      followers = 0;
      List.copyOf(turns).forEach(line -> line.dismissFollowers(each));
    }
  }
}
