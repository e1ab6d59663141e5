package io.sluice.dialect.corebanq;

import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Check;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import io.sluice.store.corebanq.LedgerTree;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Opens ledgers so that a crash at any point leaves nothing half done for readers: a ledger with an
 * opening balance or a parent is stored as OPENING, which nobody sees; the parent's list and the
 * opening balance follow, each safe to repeat; the last step makes it ACTIVE. Asking again for an
 * unfinished ledger finishes it.
 */
final class LedgerOpening {
  static final String KIND = "corebanq.opening";

  private static final String KEY_SCOPE = "corebanq:opening";
  private static final String DESCRIPTION = "Opening balance";

  private final Services services;
  private final SystemAccounts system;
  private final LedgerTree tree;

  LedgerOpening(Services services, SystemAccounts system, LedgerTree tree) {
    this.services = services;
    this.system = system;
    this.tree = tree;
  }

  /** The new ledger; the request is refused when its code is taken by another. */
  Future<Holder> open(TenantId tenant, String code, Ledger ledger) {
    Holder holder = holder(tenant, code, ledger);
    return insert(holder, ledger)
        .compose(inserted -> inserted ? finish(holder) : takeUp(tenant, code, ledger));
  }

  /** The ledger with this code, opened where there is none. */
  Future<Holder> openOrFind(TenantId tenant, String code, Ledger ledger) {
    Holder holder = holder(tenant, code, ledger);
    return insert(holder, ledger)
        .compose(inserted -> inserted ? Future.succeededFuture(holder) : existing(tenant, code))
        .compose(this::finish);
  }

  private Holder holder(TenantId tenant, String code, Ledger ledger) {
    boolean atOnce = ledger.openingBalance() == 0 && ledger.parent().isEmpty();
    HolderStatus status = atOnce ? HolderStatus.ACTIVE : HolderStatus.OPENING;
    HolderId id = new HolderId(services.ids().next());
    Instant now = services.clock().instant().truncatedTo(ChronoUnit.MICROS);
    return new Holder(tenant, id, Ledger.KIND, code, status, ledger.toDetail(), now, now);
  }

  private Future<Boolean> insert(Holder holder, Ledger ledger) {
    return services
        .holders()
        .insertWithAccount(holder, Ledger.account(holder.id(), ledger.asset()), ledger.floor());
  }

  private Future<Holder> existing(TenantId tenant, String code) {
    return services.holders().findByReference(tenant, Ledger.KIND, code).map(Optional::orElseThrow);
  }

  /** The code is known: finishes the ledger if that was interrupted, for whoever asks. */
  private Future<Holder> takeUp(TenantId tenant, String code, Ledger wanted) {
    return existing(tenant, code)
        .compose(
            existing ->
                existing.status() == HolderStatus.OPENING
                    ? finish(existing).compose(finished -> same(existing, finished, wanted))
                    : codeExists(code));
  }

  private static Future<Holder> same(Holder existing, Holder finished, Ledger wanted) {
    return Ledger.ofDetail(existing.detail()).equals(wanted)
        ? Future.succeededFuture(finished)
        : codeExists(existing.reference());
  }

  private static Future<Holder> codeExists(String code) {
    return Future.failedFuture(CorebanqErrors.failure(CorebanqErrors.codeExists(code)));
  }

  private Future<Holder> finish(Holder holder) {
    if (holder.status() != HolderStatus.OPENING) {
      return Future.succeededFuture(holder);
    }
    Ledger ledger = Ledger.ofDetail(holder.detail());
    return join(holder, ledger.parent())
        .compose(joined -> fund(holder, ledger))
        .compose(
            funded ->
                services.holders().setStatus(holder.tenant(), holder.id(), HolderStatus.ACTIVE))
        .map(Optional::orElseThrow);
  }

  private Future<Void> join(Holder holder, Optional<UUID> parent) {
    return parent.isEmpty()
        ? Future.succeededFuture()
        : tree.add(holder.tenant(), new HolderId(parent.get()), holder.id());
  }

  private Future<Void> fund(Holder holder, Ledger ledger) {
    if (ledger.openingBalance() == 0) {
      return Future.succeededFuture();
    }
    return system
        .clearing(holder.tenant(), ledger.asset())
        .compose(clearing -> services.pipeline().submit(command(holder, ledger, clearing)))
        .map(
            outcome -> {
              requirePosted(outcome);
              return null;
            });
  }

  /** The entry's transaction is the transfer itself, as no client named one. */
  private TransferCommand command(Holder holder, Ledger ledger, AccountRef clearing) {
    AccountRef account = Ledger.account(holder.id(), ledger.asset());
    Amount amount = Amount.of(ledger.openingBalance());
    TransferId id = new TransferId(services.ids().next());
    ErrorAnswer lost = new ErrorAnswer(() -> CorebanqErrors.ledgerNotFound(holder.id().value()));
    EntryNote note = new EntryNote(id.value(), DESCRIPTION, Metadata.NONE, ledger.createdBy());
    return TransferCommand.of(holder.tenant(), id, KIND)
        .key(
            IdempotencyKey.of(
                KEY_SCOPE, holder.id().value().toString(), Digest.start().add(amount.toString())))
        .balanceLimit(Amount.MAX_LONG)
        .detail(note.toDetail())
        .to(
            new Intent.Move(
                List.of(new Check.AccountStatusIn(account, Set.of(HolderStatus.OPENING), lost)),
                List.of(Leg.of(clearing, account, amount))));
  }

  private static void requirePosted(Outcome outcome) {
    boolean posted = outcome instanceof Outcome.Posted || outcome instanceof Outcome.Replayed;
    if (!posted) {
      throw CorebanqErrors.failure(CorebanqOutcomes.failure(outcome, new UUID(0, 0)));
    }
  }
}
