package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Detail;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.scrip.TransferRequest.Recipient;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A transfer held against what its names stand for, in the order in which the API promises to look
 * at things: programme, asset and link, source, recipients, scale and ceiling. Whatever is amiss is
 * answered only when its turn comes, so that a replay or a conflict still goes first.
 */
final class TransferPlan implements Words {
  /** A closed participant may still pay, so that its funds can be recovered. */
  private static final Set<HolderStatus> MAY_PAY = Set.of(HolderStatus.ACTIVE, HolderStatus.CLOSED);

  private static final Set<HolderStatus> MAY_RECEIVE = Set.of(HolderStatus.ACTIVE);

  private static final String TOTAL = "the total of all amounts";

  private final TransferRequest request;
  private final ProgramAsset named;
  private final Map<Party, HolderId> holders;
  private final Draft draft = new Draft();
  private List<Leg> legs = List.of();
  private Optional<Detail<TransferDetail>> detail = Optional.empty();

  /**
   * @param holders those of the request's parties that exist
   */
  TransferPlan(TransferRequest request, ProgramAsset named, Map<Party, HolderId> holders) {
    this.request = request;
    this.named = named;
    this.holders = holders;
    named.check(draft);
    if (!draft.isDoomed()) {
      draw(named.rules());
    }
  }

  TransferCommand command(Principal asking, TransferId id, Events events) {
    var command =
        TransferCommand.of(asking, id, Action.TRANSFER.kind()).key(request.key().map(this::key));
    detail.map(Detail::text).ifPresent(command::detail);
    if (events.wanted(asking.tenant())) {
      command.events(
          events.of(asking.tenant(), EventType.TRANSFER_COMPLETED, id.value(), this::writeEvent));
    }
    return command.to(draft.intent(() -> legs));
  }

  private void writeEvent(JsonWriter json, Receipt receipt) {
    detail
        .orElseThrow()
        .value()
        .write(json, receipt)
        .uuid("program_id", request.program())
        .text("description", request.description())
        .objects("recipients", request.recipients(), this::writeRecipient);
  }

  private void writeRecipient(JsonWriter json, Recipient row) {
    json.uuid(
            row.party().isGroup() ? "group_id" : "participant_id", holders.get(row.party()).value())
        .text("amount", named.rules().text(row.amount()));
  }

  private void draw(AssetRules asset) {
    Party source = request.source();
    draft
        .need(holder(source), () -> unknown(source, source.kind().sourceMember()))
        .ifPresent(payer -> draw(asset, payer));
  }

  private void draw(AssetRules asset, HolderId payer) {
    Party source = request.source();
    AccountRef debit = account(asset, source, payer, MAY_PAY, source.kind()::sourceMember);
    List<AccountRef> credits = credits(asset, payer);
    List<Amount> amounts = amounts(asset);
    Optional<Amount> total = total(asset, amounts);
    if (!draft.isDoomed()) {
      // No row is more than the total.
      draft.check(
          asset.withinCeiling(total.orElseThrow(), ceiling -> firstAbove(ceiling, amounts)));
      legs = new ArrayList<>(credits.size());
      for (int i = 0; i < credits.size(); i++) {
        legs.add(Leg.of(debit, credits.get(i), amounts.get(i)));
      }
      detail =
          Optional.of(
              Detail.of(detail(payer, asset.text(total.orElseThrow())), TransferDetail::text));
    }
  }

  /** That of a single row, which nearly all transfers have, is the row's. */
  private Optional<Amount> total(AssetRules asset, List<Amount> amounts) {
    return request.recipients().size() == 1 && amounts.size() == 1
        ? Optional.of(amounts.getFirst())
        : asset.amount(request.total(), () -> TOTAL, draft::refuse);
  }

  private List<AccountRef> credits(AssetRules asset, HolderId payer) {
    // Whoever is in several rows is looked at once.
    Map<HolderId, AccountRef> accounts = HashMap.newHashMap(request.recipients().size());
    List<AccountRef> credits = new ArrayList<>(request.recipients().size());
    for (Recipient row : request.recipients()) {
      Party party = row.party();
      Optional<HolderId> payee = holder(party);
      if (payee.isEmpty()) {
        draft.refuse(() -> unknown(party, row.partyField()));
      } else if (payee.get().equals(payer)) {
        draft.refuse(() -> Errors.selfTransfer(row.partyField()));
      } else {
        credits.add(
            accounts.computeIfAbsent(
                payee.get(), id -> account(asset, party, id, MAY_RECEIVE, row::partyField)));
      }
    }
    return credits;
  }

  private List<Amount> amounts(AssetRules asset) {
    List<Amount> amounts = new ArrayList<>(request.recipients().size());
    for (Recipient row : request.recipients()) {
      asset.amount(row.amount(), row::amountField, draft::refuse).ifPresent(amounts::add);
    }
    return amounts;
  }

  private String firstAbove(Amount ceiling, List<Amount> amounts) {
    for (int i = 0; i < amounts.size(); i++) {
      if (amounts.get(i).isMoreThan(ceiling)) {
        return request.recipients().get(i).amountField();
      }
    }
    return TOTAL;
  }

  private AccountRef account(
      AssetRules asset,
      Party party,
      HolderId holder,
      Set<HolderStatus> allowed,
      Supplier<String> field) {
    AccountRef account = asset.account(holder, Bucket.AVAILABLE);
    String kind = party.kind().holder();
    draft.check(
        new Check.AccountStatusIn(
            account,
            party.isGroup() ? MAY_RECEIVE : allowed,
            new ErrorAnswer(() -> Errors.inactive(kind, field.get(), allowed))));
    return account;
  }

  private Optional<HolderId> holder(Party party) {
    return Optional.ofNullable(holders.get(party));
  }

  private static Answer unknown(Party party, String field) {
    return Errors.notFound(Names.noun(party.kind().holder()), field + " " + party.reference());
  }

  private TransferDetail detail(HolderId payer, String total) {
    return new TransferDetail(
        request.program(),
        request.asset(),
        payer.value(),
        request.recipients().size(),
        total,
        request.description());
  }

  private IdempotencyKey key(String text) {
    Digest fingerprint =
        Digest.start().add(Action.TRANSFER.kind()).add(request.asset()).add(request.description());
    add(request.source(), fingerprint).add(request.recipients().size());
    for (Recipient row : request.recipients()) {
      add(row.party(), fingerprint).add(row.amount().toPlainString());
    }
    return IdempotencyKey.of(Names.KEY_SCOPE, request.program(), text, fingerprint);
  }

  /** Whoever it is, however named; a name of nobody stands for itself. */
  private Digest add(Party party, Digest fingerprint) {
    return holder(party)
        .map(holder -> fingerprint.add(holder.value()))
        .orElseGet(() -> fingerprint.add(party.kind().ordinal()).add(party.reference()));
  }

  @Override
  public Answer stored(Receipt receipt) {
    return detail
        .map(known -> known.in(receipt, TransferDetail::parse))
        .orElseGet(() -> TransferDetail.parse(receipt.detail()))
        .answer(receipt);
  }

  @Override
  public Answer unpaid(InsufficientFunds funds) {
    return named.unpaid(request.source().kind().sourceMember(), funds);
  }
}
