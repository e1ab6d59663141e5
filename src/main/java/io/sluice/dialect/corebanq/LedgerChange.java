package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.corebanq.Ledger.Overdraft;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.corebanq.LedgerChanges.State;
import io.sluice.store.corebanq.LedgerChanges.Verdict;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A well-formed request to change a ledger. What it does not name stays.
 *
 * @param closingDate closes the ledger, for good
 * @param user who changes it; nobody where the operator does, who is no user
 */
record LedgerChange(
    Optional<String> description,
    Optional<Boolean> overdraftEnabled,
    Optional<Long> overdraftLimit,
    Optional<Boolean> active,
    Optional<Instant> closingDate,
    Optional<Metadata> metadata,
    Optional<UUID> user) {
  private static final List<String> FIXED =
      List.of(
          "code",
          "type",
          "currency_id",
          "currency_code",
          "balance_current",
          "balance_available",
          "opening_date",
          "parent_ledger_id");

  /** Reads a request; throws with everything that is wrong with it. */
  static LedgerChange read(Caller caller, Reader reader) {
    reader.refuseAll(FIXED, "never changes");
    Optional<Boolean> active = reader.optional("active", Reader.FLAG);
    Optional<Instant> closingDate = reader.optional("closing_date", Reader.TIME);
    if (closingDate.isPresent() && active.equals(Optional.of(true))) {
      reader.refuse("active", "must not be true of a ledger that is closed");
    }
    return new LedgerChange(
        reader.optional("description", LedgerRequest.DESCRIPTION),
        reader.optional("overdraft_enabled", Reader.FLAG),
        reader.optional("overdraft_limit", Reader.CENTS).map(BigInteger::longValueExact),
        active,
        closingDate,
        reader.changedMetadata(),
        Optional.of(caller.user()));
  }

  /** Switches a ledger off or on, as the operator does. */
  static LedgerChange toActive(boolean active) {
    return new LedgerChange(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(active),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What becomes of a ledger that is locked, so that none of it changes before it is written. */
  Verdict judge(State state) {
    LedgerDetail detail = LedgerDetail.read(state.holder().detail());
    Ledger changed = apply(detail.ledger());
    boolean closes = closingDate.isPresent();
    boolean closed = state.holder().status() == HolderStatus.CLOSED;
    if (state.balance().isLessThan(changed.overdraft().floor())) {
      return refuse(() -> Errors.overdraftInUse(state.balance()));
    }
    if (closes && !state.balance().isZero()) {
      return refuse(() -> Errors.notEmpty(state.balance()));
    }
    if (closed && active.orElse(false)) {
      return refuse(() -> Errors.closed(state.holder().id().value()));
    }
    HolderStatus status = closes || closed ? HolderStatus.CLOSED : status(state);
    var wanted =
        new LedgerDetail(
            changed, detail.asset(), closingDate.or(detail::closingDate), detail.modifiedBy());
    if (status == state.holder().status() && wanted.equals(detail)) {
      return new Verdict.Change(state);
    }
    return new Verdict.Change(
        state.with(
            status,
            wanted.by(user.orElse(detail.modifiedBy())).text(),
            changed.overdraft().floor()));
  }

  private HolderStatus status(State state) {
    return active
        .map(on -> on ? HolderStatus.ACTIVE : HolderStatus.SUSPENDED)
        .orElse(state.holder().status());
  }

  private Ledger apply(Ledger old) {
    var overdraft =
        new Overdraft(
            overdraftEnabled.orElse(old.overdraft().enabled()),
            overdraftLimit.orElse(old.overdraft().limit()));
    return old.with(
        description.orElse(old.description()), overdraft, metadata.orElse(old.metadata()));
  }

  private static Verdict refuse(Supplier<Answer> answer) {
    return new Verdict.Refuse(new ErrorAnswer(answer));
  }
}
