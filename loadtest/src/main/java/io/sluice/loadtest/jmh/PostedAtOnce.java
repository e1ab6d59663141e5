package io.sluice.loadtest.jmh;

import io.sluice.ledger.AccountRef;
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
import java.util.LinkedHashMap;
import java.util.Map;

/** A pipeline that says at once that everything was posted. */
final class PostedAtOnce implements TransferPipeline {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final Amount BALANCE = Amount.of(1_000_000_000L);

  @Override
  public Future<Outcome> submit(TransferCommand command) {
    if (command.legs().isEmpty()) {
      throw new IllegalStateException("bound to fail: " + command.intent());
    }
    Map<AccountRef, Amount> debits = new LinkedHashMap<>(4);
    for (Leg leg : command.legs()) {
      debits.merge(leg.debit(), leg.amount(), Amount::plus);
    }
    var postings = new ArrayList<Posting>(debits.size() + command.legs().size());
    debits.forEach((account, amount) -> postings.add(posting(account, amount.negated())));
    command.legs().forEach(leg -> postings.add(posting(leg.credit(), leg.amount())));
    return Future.succeededFuture(
        new Outcome.Posted(
            new Receipt(command.id(), command.kind(), true, NOW, command.detail(), postings)));
  }

  private static Posting posting(AccountRef account, Amount amount) {
    return new Posting(account.id(), 7, amount, BALANCE.plus(amount));
  }
}
