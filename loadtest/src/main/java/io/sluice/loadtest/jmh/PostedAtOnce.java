package io.sluice.loadtest.jmh;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A pipeline that says at once that everything was posted. */
final class PostedAtOnce implements TransferPipeline {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final Amount BALANCE = Amount.of(1_000_000_000L);

  @Override
  public Future<Outcome> submit(TransferCommand command) {
    if (command.legs().isEmpty()) {
      throw new IllegalStateException("bound to fail: " + command.intent());
    }
    var postings = new ArrayList<Posting>(2 * command.legs().size());
    addDebits(command.legs(), postings);
    for (Leg leg : command.legs()) {
      postings.add(new Posting(leg.credit().id(), 7, leg.amount(), BALANCE));
    }
    return Future.succeededFuture(
        new Outcome.Posted(
            new Receipt(command.id(), command.kind(), true, NOW, command.detail(), postings)));
  }

  /** Legs of one account are next to each other in every dialect's transfer. */
  private static void addDebits(List<Leg> legs, List<Posting> postings) {
    AccountId debited = legs.getFirst().debit().id();
    Amount sum = Amount.ZERO;
    for (Leg leg : legs) {
      if (!leg.debit().id().equals(debited)) {
        postings.add(new Posting(debited, 7, sum, BALANCE));
        debited = leg.debit().id();
        sum = Amount.ZERO;
      }
      sum = sum.minus(leg.amount());
    }
    postings.add(new Posting(debited, 7, sum, BALANCE));
  }
}
