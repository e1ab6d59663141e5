package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A programme and an asset as a request names them, and what they stand for.
 *
 * @param linked whether the programme may use the asset
 */
record ProgramAsset(
    UUID programId,
    UUID assetId,
    Optional<HolderId> program,
    Optional<AssetRules> asset,
    boolean linked) {
  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  /** Wants both to exist, to belong together, and to be active: first all of the programme. */
  void check(Draft draft) {
    draft
        .need(program, () -> Errors.notFound("program", programId))
        .ifPresent(
            holder ->
                draft.check(
                    new Check.HolderStatusIn(
                        holder, ACTIVE, new ErrorAnswer(() -> Errors.programInactive(programId)))));
    draft.need(asset, () -> Errors.notFound("asset", assetId));
    draft.refuseIf(!linked, () -> Errors.assetNotLinked(assetId, programId));
    draft.check(
        new Check.HolderStatusIn(
            new HolderId(assetId), ACTIVE, new ErrorAnswer(() -> Errors.assetInactive(assetId))));
  }

  /** The rules of an asset that there is. */
  AssetRules rules() {
    return asset.orElseThrow();
  }

  /** What the programme may spend of the asset; both exist. */
  AccountRef wallet() {
    return rules().wallet(program.orElseThrow());
  }

  /**
   * The answer when somebody holds too little of the asset.
   *
   * @param whose who should have paid, for the message
   */
  Answer unpaid(String whose, InsufficientFunds funds) {
    return Errors.insufficientBalance(
        whose, rules().text(funds.available()), rules().text(funds.required()));
  }
}
