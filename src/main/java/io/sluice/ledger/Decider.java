package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides commands, one after another, against the books of one tenant. Pure: it reads and changes
 * the books in memory and collects what is to be written. Each command is decided against what
 * those before it left; one that is refused leaves no trace.
 */
public final class Decider {
  private final Books books;
  private final Changes changes;
  private final Ids ids;
  private final Instant now;

  /**
   * A decider for one batch.
   *
   * @param ids names the lots that come into being
   * @param now the time of everything decided here, whole microseconds
   */
  public Decider(Books books, Changes changes, Ids ids, Instant now) {
    this.books = books;
    this.changes = changes;
    this.ids = ids;
    this.now = now;
  }

  /** Decides the next command. */
  public Decision decide(TransferCommand command) {
    Optional<Prior> prior = command.key().flatMap(books::prior);
    if (prior.isPresent()) {
      return answerAgain(command, prior.get());
    }
    Optional<Refusal> broken = firstBrokenCheck(command);
    if (broken.isPresent()) {
      return refused(command, broken.get());
    }
    return switch (command.intent()) {
      case Intent.Doomed doomed -> refused(doomed.refusal(), Optional.empty());
      case Intent.Move move -> move.isSelective() ? select(command) : move(command);
    };
  }

  private Decision refused(TransferCommand command, Refusal broken) {
    boolean records =
        command.recordsRefusal()
            && command.intent() instanceof Intent.Move
            && broken instanceof RecordedRefusal;
    return refused(
        broken,
        records
            ? Optional.of(
                store(
                    command,
                    new Plan(books, command, now),
                    List.of(),
                    ((RecordedRefusal) broken).detail(command.detail())))
            : Optional.empty());
  }

  private Decision move(TransferCommand command) {
    return books.isShared() && takesOldest(command)
        ? new Decision.Postponed()
        : move(command, new Plan(books, command, now));
  }

  private Decision move(TransferCommand command, Plan plan) {
    Optional<Refusal> refusal = plan.refusal();
    if (refusal.isEmpty()) {
      return post(command, plan);
    }
    return isPostponed(refusal.get())
        ? new Decision.Postponed()
        : refuse(command, plan, refusal.get());
  }

  private static boolean takesOldest(TransferCommand command) {
    return command.legs().getFirst().lots() instanceof LotRule.Oldest;
  }

  private boolean isPostponed(Refusal reason) {
    return books.isShared() && reason instanceof LedgerRefusal.TooManyLots;
  }

  /** Decides what is to move, then moves it like anything else. */
  private Decision select(TransferCommand command) {
    var selection = new Selection(books, command.legs().getFirst(), now);
    Optional<Refusal> refusal = selection.refusal();
    if (refusal.isPresent()) {
      return isPostponed(refusal.get())
          ? new Decision.Postponed()
          : refused(refusal.get(), Optional.empty());
    }
    TransferCommand decided = command.moving(selection.total());
    return move(decided, new Plan(books, decided, now, selection));
  }

  private static Decision answerAgain(TransferCommand command, Prior prior) {
    if (!command.key().orElseThrow().fingerprint().equals(prior.fingerprint())) {
      return new Decision.Decided(new Outcome.Conflict(prior.transfer()));
    }
    return prior
        .receipt()
        .<Decision>map(receipt -> new Decision.Decided(new Outcome.Replayed(receipt)))
        .orElseGet(() -> new Decision.ReplayOf(prior.transfer()));
  }

  private Optional<Refusal> firstBrokenCheck(TransferCommand command) {
    for (Check check : command.intent().checks()) {
      Optional<Refusal> refusal = refusal(check);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> refusal(Check check) {
    return switch (check) {
      case Check.HolderStatusIn in ->
          unless(
              books.status(in.holder()).filter(in.allowed()::contains).isPresent(), in.refusal());
      case Check.AccountStatusIn in ->
          unless(in.allowed().contains(books.account(in.account()).status()), in.refusal());
      case Check.WithinCeiling within ->
          books.ceiling(within.holder()).filter(within.amount()::isMoreThan).map(within.refusal());
    };
  }

  private static Optional<Refusal> unless(boolean holds, Refusal refusal) {
    return holds ? Optional.empty() : Optional.of(refusal);
  }

  private Decision refuse(TransferCommand command, Plan plan, Refusal reason) {
    boolean records = command.recordsRefusal() && reason instanceof LedgerRefusal.InsufficientFunds;
    return refused(
        reason,
        records
            ? Optional.of(store(command, plan, List.of(), command.detail()))
            : Optional.empty());
  }

  private static Decision refused(Refusal reason, Optional<Receipt> recorded) {
    return new Decision.Decided(new Outcome.Refused(reason, recorded));
  }

  private Decision post(TransferCommand command, Plan plan) {
    var movements = new LotMovements(command.id(), books, ids, now);
    var postings = new ArrayList<Posting>(command.legs().size() + 1);
    plan.debits().forEach(debit -> postings.add(debit.apply(movements)));
    command.legs().forEach(leg -> postings.add(credit(leg, movements)));
    assertWhole(command, plan, postings);
    movements
        .all()
        .forEach(m -> changes.lotMovements().add(new StoredLotMovement(command.id(), m)));
    return new Decision.Decided(
        new Outcome.Posted(store(command, plan, postings, command.detail())));
  }

  private Posting credit(Leg leg, LotMovements movements) {
    AccountState account = books.account(leg.credit());
    Amount repaid = bringsLots(leg) ? Amount.ZERO : account.repay(leg.amount());
    if (account.kind() == AccountKind.LOT) {
      movements.credit(leg, account, leg.amount().minus(repaid));
    }
    return account.post(leg.amount());
  }

  /**
   * Whether lots come that there were before. A named one arrives whole, so nothing of it is left
   * to pay an overdraft back with; of selected and restored ones each pays for itself.
   */
  private static boolean bringsLots(Leg leg) {
    return leg.lots() instanceof LotRule.Named
        || leg.lots() instanceof LotRule.Restore
        || leg.lots() instanceof LotRule.Selected && leg.credit().kind() == AccountKind.LOT;
  }

  /** What value leaves one account comes to another, and every account is left in order. */
  private void assertWhole(TransferCommand command, Plan plan, List<Posting> postings) {
    BigInteger sum = BigInteger.ZERO;
    for (Posting posting : postings) {
      sum = sum.add(posting.amount().units());
    }
    Defect.unless(sum.signum() == 0, "transfer", command.id().value(), "does not sum to zero");
    plan.debits().forEach(debit -> debit.account().assertWhole());
    command.legs().forEach(leg -> books.account(leg.credit()).assertWhole());
  }

  /** A refusal is stored as a transfer without postings. */
  private Receipt store(TransferCommand command, Plan plan, List<Posting> postings, String detail) {
    var receipt =
        new Receipt(command.id(), command.kind(), !postings.isEmpty(), now, detail, postings);
    changes
        .transfers()
        .add(new StoredTransfer(receipt, plan.parties(), command.credential(), command.key()));
    if (command.events() != EventSource.NONE) {
      changes.events().addAll(command.events().of(receipt));
    }
    command
        .key()
        .ifPresent(
            key ->
                books.add(
                    key.digest(),
                    new Prior(command.id(), key.fingerprint(), Optional.of(receipt))));
    return receipt;
  }
}
