package io.sluice.dialect.scrip;

import io.sluice.dialect.scrip.ScripTransfers.Resolved;
import io.sluice.dialect.scrip.TransferRequest.Recipient;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Leg;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the command of a transfer. Its checks stand in the order in which the API promises to look
 * at things: programme, asset and link, source, recipients, scale and ceiling. Whatever cannot be
 * found becomes a check that fails, so that a replay or a conflict still goes first.
 */
final class TransferPlan {
  static final String KIND = "scrip.transfer";

  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  /** A closed participant may still pay, so that its funds can be recovered. */
  private static final Set<HolderStatus> MAY_PAY = Set.of(HolderStatus.ACTIVE, HolderStatus.CLOSED);

  private final TenantId tenant;
  private final TransferId id;
  private final Resolved found;
  private final TransferRequest request;
  private final Checks checks = new Checks();
  private final List<Leg> legs = new ArrayList<>();

  TransferPlan(TenantId tenant, TransferId id, Resolved found) {
    this.tenant = tenant;
    this.id = id;
    this.found = found;
    this.request = found.request();
  }

  TransferCommand command() {
    checkProgram();
    found.asset().ifPresent(this::checkParties);
    boolean moves = !checks.isBoundToFail();
    return TransferCommand.of(tenant, id, KIND)
        .key(request.key().map(this::key))
        .detail(moves ? summary().toDetail(request) : "{}")
        .to(checks.intent(() -> legs));
  }

  private void checkProgram() {
    checks.program(request.program(), found.program());
    checks.asset(request.asset(), found.asset(), request.program(), found.linked());
  }

  private void checkParties(ScripAsset asset) {
    Optional<AccountRef> source = party(asset, request.source(), MAY_PAY, "ACTIVE or CLOSED");
    Set<HolderId> seen = new HashSet<>();
    List<AccountRef> credits = new ArrayList<>();
    for (Recipient row : request.recipients()) {
      if (checks.isBoundToFail()) {
        return;
      }
      credits.add(recipient(asset, source.orElseThrow(), row, seen));
    }
    checkAmounts(asset);
    if (!checks.isBoundToFail()) {
      for (int i = 0; i < credits.size(); i++) {
        Amount amount = asset.amount(request.recipients().get(i).amount());
        legs.add(Leg.of(source.orElseThrow(), credits.get(i), amount));
      }
    }
  }

  private AccountRef recipient(
      ScripAsset asset, AccountRef source, Recipient row, Set<HolderId> seen) {
    Optional<HolderId> holder = found.holder(row.party());
    if (holder.filter(source.holder()::equals).isPresent()) {
      checks.fails(ScripErrors.selfTransfer(row.party().field()));
      return source;
    }
    if (holder.isPresent() && !seen.add(holder.get())) {
      return asset.account(holder.get(), Bucket.AVAILABLE);
    }
    return party(asset, row.party(), ACTIVE, "ACTIVE").orElse(source);
  }

  private Optional<AccountRef> party(
      ScripAsset asset, Party party, Set<HolderStatus> allowed, String allowedText) {
    Optional<HolderId> holder = found.holder(party);
    if (holder.isEmpty()) {
      checks.fails(ScripErrors.notFound(party.noun(), party.field() + " " + party.reference()));
      return Optional.empty();
    }
    AccountRef account = asset.account(holder.get(), Bucket.AVAILABLE);
    checks.account(
        account,
        party.isGroup() ? ACTIVE : allowed,
        party.isGroup()
            ? ScripErrors.groupNotActive(party.field())
            : ScripErrors.participantNotActive(party.field(), allowedText));
    return Optional.of(account);
  }

  private void checkAmounts(ScripAsset asset) {
    for (Recipient row : request.recipients()) {
      asset.refusal(row.field(), row.amount()).ifPresent(checks::fails);
    }
    if (!checks.isBoundToFail()) {
      asset.refusal("the total of all amounts", request.total()).ifPresent(checks::fails);
    }
  }

  private IdempotencyKey key(String text) {
    Digest wish =
        Digest.start()
            .add(KIND)
            .add(request.asset())
            .add(request.description())
            .add(name(request.source()))
            .add(request.recipients().size());
    request.recipients().forEach(row -> wish.add(name(row.party())).add(plain(row)));
    return IdempotencyKey.of("scrip:" + request.program(), text, wish);
  }

  private static String plain(Recipient row) {
    return row.amount().toPlainString();
  }

  /** Whoever it is, however named; a name of nobody stands for itself. */
  private String name(Party party) {
    return found
        .holder(party)
        .map(holder -> holder.value().toString())
        .orElseGet(() -> party.kind() + ":" + party.reference());
  }

  /** Only of a plan that is not bound to fail. */
  TransferSummary summary() {
    ScripAsset asset = found.asset().orElseThrow();
    return new TransferSummary(
        request.asset(),
        found.holder(request.source()).orElseThrow().value(),
        request.recipients().size(),
        asset.text(asset.amount(request.total())));
  }
}
