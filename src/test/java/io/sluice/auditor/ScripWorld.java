package io.sluice.auditor;

import io.sluice.ledger.TenantId;
import java.time.Clock;
import java.util.Random;

/** One worker's part of Scrip: all that moves value there, and what decides whether it may. */
final class ScripWorld implements World {
  private final AuditedBooks books;
  private final ScripScene scene;
  private final ScripAdjustments adjustments;
  private final ScripTransfers transfers;
  private final ScripHoldings holdings;
  private final ScripRedemptions redemptions;
  private final ScripChanges changes;
  private final ScripReadings readings;

  ScripWorld(AuditedBooks books, TenantId tenant, Random random, Clock clock) {
    this.books = books;
    scene = new ScripScene(books.gateway(), tenant, random, clock);
    adjustments = new ScripAdjustments(scene);
    transfers = new ScripTransfers(scene);
    holdings = new ScripHoldings(scene);
    redemptions = new ScripRedemptions(scene);
    changes = new ScripChanges(scene);
    readings = new ScripReadings(scene);
    adjustments.endow();
  }

  @Override
  public void step() {
    int dice = scene.random.nextInt(100);
    if (!scene.programStatus.equals(ScripScene.ACTIVE) && scene.chance(3)) {
      changes.program();
    } else if (scene.isShort() && scene.chance(4)) {
      renew();
    } else if (dice < 75) {
      move(dice);
    } else if (dice < 82) {
      again(dice);
    } else if (dice < 85) {
      transfers.impossible();
    } else if (dice < 90) {
      scene.operator.reverse();
    } else if (dice < 94) {
      change();
    } else {
      read();
    }
  }

  /** What was archived makes room for another. */
  private void renew() {
    if (scene.group.isArchived()) {
      changes.group();
    } else {
      changes.asset();
    }
  }

  private void move(int dice) {
    if (dice < 25) {
      adjustments.adjust();
    } else if (dice < 28) {
      adjustments.fund();
    } else if (dice < 39) {
      transfers.transfer();
    } else if (dice < 58) {
      holdings.move();
    } else if (dice < 67 || redemptions.isEmpty()) {
      redemptions.redeem();
    } else {
      redemptions.reverse();
    }
  }

  /** The same wish once more, or another under its key. */
  private void again(int dice) {
    if (scene.past.isEmpty()) {
      transfers.transfer();
    } else if (dice % 3 == 0) {
      conflict();
    } else {
      scene.past.replayOne();
    }
  }

  private void conflict() {
    Past.Request request = scene.past.any();
    String changed =
        request
            .body()
            .replaceFirst("\"description\":\"", "\"description\":\"not ")
            .replaceFirst("\"reason\":\"", "\"reason\":\"not ");
    ScripRefusal.IDEMPOTENCY_CONFLICT.expect(request.client().post(request.path(), changed));
  }

  private void change() {
    switch (scene.random.nextInt(10)) {
      case 0 -> changes.program();
      case 1 -> changes.group();
      case 2 -> changes.asset();
      case 3, 4 -> redemptions.retarget();
      default -> changes.participant();
    }
  }

  private void read() {
    if (scene.chance(6)) {
      // Nothing is due that anybody could notice, but what came back or was released too late.
      books.round();
    } else if (redemptions.isEmpty() || !scene.chance(4)) {
      readings.readAny();
    } else {
      redemptions.holdAny();
    }
  }

  @Override
  public void timePassed() {
    scene.mature(scene.now());
  }

  @Override
  public void finish() {
    readings.readAll();
    redemptions.holdAll();
  }
}
