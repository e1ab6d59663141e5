package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.store.Asset;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What never changes about an asset, so that it may be cached.
 *
 * @param scale decimals, 0 to 18
 * @param lots whether participants' and groups' balances are sets of lots
 * @param prefunded whether credits come out of a programme's wallet
 */
record AssetRules(AssetId id, int scale, boolean lots, boolean prefunded) {
  static AssetRules of(Asset asset) {
    return of(asset, AssetDetail.parse(asset.detail()));
  }

  static AssetRules of(Asset asset, AssetDetail detail) {
    return new AssetRules(
        asset.id(), asset.scale(), asset.lots(), detail.policy() == AssetDetail.Policy.PREFUNDED);
  }

  /** What a participant or a group has of this asset in one bucket. */
  AccountRef account(HolderId holder, Bucket bucket) {
    return AccountRef.of(holder, id, bucket, lots ? AccountKind.LOT : AccountKind.SIMPLE);
  }

  /** Refuses members of a request that only an asset in lots can have. */
  void refuseUnlessLots(List<String> members, Draft draft) {
    draft.refuseIf(
        !lots && !members.isEmpty(),
        () ->
            Errors.invalid(
                members.stream()
                    .map(member -> FieldError.invalid(member, "absent", "is for LOT assets only"))
                    .toList()));
  }

  /** A programme's wallet: a plain number, also for a LOT asset. */
  AccountRef wallet(HolderId program) {
    return AccountRef.available(program, id);
  }

  /** An account of one of the tenant's system holders. */
  AccountRef system(HolderId holder) {
    return system(id, holder);
  }

  static AccountRef system(AssetId asset, HolderId holder) {
    return AccountRef.of(holder, asset, Bucket.AVAILABLE, AccountKind.SYSTEM);
  }

  String text(Amount amount) {
    return Decimals.text(amount, scale);
  }

  /**
   * A value as an amount of this asset is written.
   *
   * @throws ArithmeticException when it has more decimals than the asset
   */
  String text(BigDecimal value) {
    return value.setScale(scale).toPlainString();
  }

  /**
   * The amount of this asset that a value is. One that is too fine or too long is refused.
   *
   * @param value zero or more
   * @param field what messages call the value
   * @param refuse takes the error
   * @return empty when there is no such amount
   */
  Optional<Amount> amount(
      BigDecimal value, Supplier<String> field, Consumer<Supplier<Answer>> refuse) {
    return amount(value, scale, field, refuse);
  }

  /** The same for an amount of an asset that does not exist yet. */
  static Optional<Amount> amount(
      BigDecimal value, int scale, Supplier<String> field, Consumer<Supplier<Answer>> refuse) {
    if (Decimals.isFiner(value, scale)) {
      int decimals = Decimals.decimals(value);
      refuse.accept(() -> Errors.invalidScale(field.get(), decimals, scale));
      return Optional.empty();
    }
    Optional<Amount> amount = Decimals.amount(value, scale);
    if (amount.isEmpty()) {
      refuse.accept(() -> Errors.tooManyDigits(field.get()));
    }
    return amount;
  }

  /**
   * That no amount exceeds the asset's ceiling, which the transaction that moves the value looks
   * up, since it may change any time.
   *
   * @param largest of all amounts that the command moves
   * @param field what messages call the first amount above a ceiling
   */
  Check withinCeiling(Amount largest, Function<Amount, String> field) {
    return new Check.WithinCeiling(
        new HolderId(id.value()),
        largest,
        ceiling ->
            new ErrorAnswer(() -> Errors.ceilingExceeded(field.apply(ceiling), text(ceiling))));
  }
}
