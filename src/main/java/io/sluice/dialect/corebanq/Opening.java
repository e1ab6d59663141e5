package io.sluice.dialect.corebanq;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Detail;
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
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import io.sluice.store.corebanq.LedgerTree;
import io.vertx.core.Future;
import java.time.Instant;
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
record Opening(Services services, Directory directory, LedgerTree tree) {
  private static final String DESCRIPTION = "Opening balance";

  /** The new ledger; the request is refused when its code is taken by another. */
  Future<Holder> open(Principal asking, String code, LedgerDetail detail) {
    Holder holder = holder(asking.tenant(), code, detail);
    return insert(holder, detail)
        .compose(inserted -> inserted ? finish(asking, holder) : takeUp(asking, code, detail));
  }

  /** The ledger with this code, opened where there is none. */
  Future<Holder> openOrFind(Principal asking, String code, LedgerDetail detail) {
    TenantId tenant = asking.tenant();
    Holder holder = holder(tenant, code, detail);
    return insert(holder, detail)
        .compose(inserted -> inserted ? Future.succeededFuture(holder) : existing(tenant, code))
        .compose(found -> finish(asking, found));
  }

  private Holder holder(TenantId tenant, String code, LedgerDetail detail) {
    Ledger ledger = detail.ledger();
    boolean atOnce = ledger.openingBalance() == 0 && ledger.parent().isEmpty();
    HolderStatus status = atOnce ? HolderStatus.ACTIVE : HolderStatus.OPENING;
    UUID id = services.ids().next();
    // Lists are in the order of ids, which is that of creation to the last digit.
    Instant now = TimeOrderedIds.timeOf(id);
    return new Holder(
        tenant, new HolderId(id), Names.LEDGER, code, status, detail.text(), now, now);
  }

  private Future<Boolean> insert(Holder holder, LedgerDetail detail) {
    Amount floor = detail.ledger().overdraft().floor();
    return services.holders().insertWithAccount(holder, detail.account(holder.id()), floor);
  }

  private Future<Holder> existing(TenantId tenant, String code) {
    return services
        .holders()
        .findByReference(tenant, Names.LEDGER, code)
        .map(Optional::orElseThrow);
  }

  /** The code is known: finishes the ledger if that was interrupted, for whoever asks. */
  private Future<Holder> takeUp(Principal asking, String code, LedgerDetail wanted) {
    return existing(asking.tenant(), code)
        .compose(
            existing ->
                existing.status() == HolderStatus.OPENING
                    ? finish(asking, existing).compose(finished -> same(existing, finished, wanted))
                    : codeExists(code));
  }

  private static Future<Holder> same(Holder existing, Holder finished, LedgerDetail wanted) {
    return LedgerDetail.read(existing.detail()).equals(wanted)
        ? Future.succeededFuture(finished)
        : codeExists(existing.reference());
  }

  private static Future<Holder> codeExists(String code) {
    return Future.failedFuture(new ApiException(Errors.codeExists(code)));
  }

  private Future<Holder> finish(Principal asking, Holder holder) {
    if (holder.status() != HolderStatus.OPENING) {
      return Future.succeededFuture(holder);
    }
    LedgerDetail detail = LedgerDetail.read(holder.detail());
    return join(holder, detail.ledger().parent())
        .compose(joined -> fund(asking, holder, detail))
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

  private Future<Void> fund(Principal asking, Holder holder, LedgerDetail detail) {
    if (detail.ledger().openingBalance() == 0) {
      return Future.succeededFuture();
    }
    TransferId id = services.transferId();
    EntryRequest entry = entry(id, holder, detail.ledger());
    return directory
        .clearing(holder.tenant(), detail.asset())
        .map(clearing -> intent(entry, detail.account(holder.id()), clearing))
        .compose(intent -> services.pipeline().submit(command(asking, id, entry, intent)))
        .map(entry.words()::receipt)
        .mapEmpty();
  }

  /** Its transaction is the transfer itself, as no client named one. */
  private static EntryRequest entry(TransferId id, Holder holder, Ledger ledger) {
    var detail =
        new TransferDetail(id.value(), Optional.of(DESCRIPTION), Metadata.NONE, ledger.createdBy());
    return new EntryRequest(
        holder.id().value(),
        Names.CREDIT,
        Amount.of(ledger.openingBalance()),
        Detail.of(detail, TransferDetail::text));
  }

  private static Intent intent(EntryRequest entry, AccountRef account, AccountRef clearing) {
    ErrorAnswer lost = new ErrorAnswer(() -> Errors.ledgerNotFound(entry.ledger()));
    Check opening = new Check.AccountStatusIn(account, Set.of(HolderStatus.OPENING), lost);
    return new Intent.Move(List.of(opening), List.of(entry.leg(account, clearing)));
  }

  private static TransferCommand command(
      Principal asking, TransferId id, EntryRequest entry, Intent intent) {
    Digest fingerprint = Digest.start().add(entry.amount().toString());
    return TransferCommand.of(asking, id, Names.OPENING)
        .key(IdempotencyKey.of(Names.OPENINGS, entry.ledger().toString(), fingerprint))
        .balanceLimit(Amount.MAX_LONG)
        .detail(entry.detail().text())
        .to(intent);
  }
}
