package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Draft;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import java.util.Optional;

/**
 * The funding or burning of a wallet, held against what it names.
 *
 * @param named a programme and an asset that it may use
 * @param system the other side
 */
record WalletMovement(
    Direction direction, WalletRequest request, ProgramAsset named, HolderId system)
    implements Words {
  /** Into the wallet or out of it. */
  enum Direction {
    FUND(Action.FUND, Names.ISSUANCE, "Program funding", "funded", EventType.PROGRAM_FUNDED),
    BURN(Action.BURN, Names.BREAKAGE, "Program burn", "burned", EventType.PROGRAM_BURNED);

    private final Action action;
    private final String system;
    private final String description;
    private final String message;
    private final EventType told;

    Direction(Action action, String system, String description, String message, EventType told) {
      this.action = action;
      this.system = system;
      this.description = description;
      this.message = message;
      this.told = told;
    }

    /** The name of the system holder on the other side. */
    String system() {
      return system;
    }
  }

  TransferCommand command(Principal asking, TransferId id, Events events) {
    var draft = new Draft();
    named.check(draft);
    // A wallet is a budget, so the ceiling for single credits and debits is not meant for it.
    Optional<Amount> amount = named.asset().flatMap(asset -> amount(asset, draft));
    return TransferCommand.of(asking, id, direction.action.kind())
        .detail(detail())
        .events(events.of(asking.tenant(), direction.told, id.value(), this::writeEvent))
        .to(draft.intentOf(() -> leg(amount.orElseThrow())));
  }

  private Optional<Amount> amount(AssetRules asset, Draft draft) {
    Optional<Amount> amount = asset.amount(request.amount(), () -> "amount", draft::refuse);
    draft.refuseIf(!asset.prefunded(), () -> nothingMoved(named));
    return amount;
  }

  private Leg leg(Amount amount) {
    AccountRef other = named.rules().system(system);
    return switch (direction) {
      case FUND -> Leg.of(other, named.wallet(), amount);
      case BURN -> Leg.of(named.wallet(), other, amount);
    };
  }

  private String detail() {
    String description = request.description().orElse(direction.description);
    return new EntryDetail(named.programId(), named.assetId(), description).begin().toText();
  }

  @Override
  public Answer unpaid(InsufficientFunds funds) {
    return named.unpaid("the program's wallet", funds);
  }

  @Override
  public Answer stored(Receipt receipt) {
    return write(JsonWriter.object(), receipt).toAnswer(200);
  }

  private void writeEvent(JsonWriter json, Receipt receipt) {
    write(json.uuid("program_id", named.programId()).uuid("asset_id", named.assetId()), receipt);
  }

  private JsonWriter write(JsonWriter json, Receipt receipt) {
    Amount available =
        receipt.postings().stream()
            .filter(posting -> posting.account().equals(named.wallet().id()))
            .map(Posting::balance)
            .findFirst()
            .orElseThrow();
    return write(json, named, available, Optional.of(receipt.id()), direction.message);
  }

  /**
   * The answer where there is no wallet, as new value comes out of nowhere: no refusal to clients.
   */
  private static Answer nothingMoved(ProgramAsset named) {
    return write(
            JsonWriter.object(),
            named,
            Amount.ZERO,
            Optional.empty(),
            "an UNLIMITED asset has no wallet")
        .toAnswer(200);
  }

  private static JsonWriter write(
      JsonWriter json,
      ProgramAsset named,
      Amount available,
      Optional<TransferId> entry,
      String message) {
    return json.text("available", named.rules().text(available))
        .uuid("journal_entry_id", entry.map(TransferId::value).orElse(null))
        .text("message", message);
  }
}
