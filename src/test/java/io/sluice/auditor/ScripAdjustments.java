package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.auditor.Lot.Bucket;
import io.sluice.auditor.Lot.Terms;
import io.sluice.auditor.ScripScene.Asset;
import io.sluice.auditor.ScripScene.Holder;
import io.sluice.testing.Reply;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Credits and debits of participants and groups, and what comes into wallets and leaves them. */
record ScripAdjustments(ScripScene scene) {
  /** What one asks for. */
  private record Wish(
      boolean credit, boolean overdraws, Bucket bucket, BigDecimal amount, Terms terms) {
    String members() {
      return ",\"type\":\"%s\",\"amount\":\"%s\",\"bucket\":\"%s\"%s%s%s%s"
          .formatted(
              credit ? "CREDIT" : "DEBIT",
              amount,
              bucket,
              overdraws ? ",\"allow_negative\":true" : "",
              ScripScene.member("expires_at", terms.end()),
              ScripScene.member("matures_at", terms.due()),
              ScripScene.member("reference_id", terms.reference()));
    }

    boolean isForLots() {
      return !terms.equals(Terms.NONE);
    }
  }

  private Wish wish(Asset asset) {
    boolean credit = !scene.chance(3);
    Bucket bucket = scene.chance(4) ? Bucket.HELD : Bucket.AVAILABLE;
    boolean spendable = bucket == Bucket.AVAILABLE;
    boolean marked = credit && (asset.inLots || scene.chance(40));
    var terms =
        new Terms(
            marked && scene.chance(2) ? Optional.of(scene.soon()) : Optional.empty(),
            marked && spendable && scene.chance(4) ? Optional.of(scene.soon()) : Optional.empty(),
            marked && scene.chance(2) ? scene.reference() : Optional.empty());
    boolean overdraws = !credit && spendable && scene.chance(6);
    return new Wish(credit, overdraws, bucket, scene.amount(scene.chance(40) ? 1_000 : 300), terms);
  }

  /** Gives everybody something of everything to begin with. */
  void endow() {
    var wish = new Wish(true, false, Bucket.AVAILABLE, new BigDecimal("150.00"), Terms.NONE);
    for (Holder holder : scene.holders()) {
      scene.assets.forEach(asset -> adjust(holder, asset, wish));
    }
  }

  void adjust() {
    Asset asset = scene.asset();
    adjust(scene.holder(), asset, wish(asset));
  }

  private void adjust(Holder holder, Asset asset, Wish wish) {
    Reply reply =
        scene.client.post(holder.path() + "/balances/adjust", scene.body(asset, wish.members()));
    if (ScripRefusal.isDone(reply, refusal(holder, asset, wish), 200)) {
      JsonNode json = reply.json();
      scene.operator.remember(
          json.get("journal_entry_id").textValue(), carryOut(holder, asset, wish));
      assertThat(json.has("balance")).isEqualTo(!holder.isGroup);
      if (!holder.isGroup) {
        scene.holdBalance(json.get("balance"), holder, asset);
      }
    }
  }

  private Optional<ScripRefusal> refusal(Holder holder, Asset asset, Wish wish) {
    BigDecimal amount = wish.amount();
    return ScripRefusal.first(
        () -> scene.closed(asset),
        () -> holder.unless(ScripScene.ACTIVE),
        () -> ScripRefusal.BAD_REQUEST.when(!asset.inLots && wish.isForLots()),
        () -> ceiling(amount),
        () ->
            ScripRefusal.INSUFFICIENT_BALANCE.when(
                wish.credit()
                    ? asset.prefunded && amount.compareTo(asset.wallet) > 0
                    : !wish.overdraws()
                        && amount.compareTo(holder.purse(asset).in(wish.bucket(), scene.now()))
                            > 0));
  }

  static Optional<ScripRefusal> ceiling(BigDecimal amount) {
    return ScripRefusal.MAX_TRANSACTION_AMOUNT_EXCEEDED.when(
        amount.compareTo(ScripScene.CEILING) > 0);
  }

  private ScripEntry carryOut(Holder holder, Asset asset, Wish wish) {
    Purse purse = holder.purse(asset);
    BigDecimal amount = wish.amount();
    ScripEntry.Side wallet = ScripEntry.Wallet.of(scene, asset);
    if (wish.credit()) {
      Bucket bucket = wish.terms().due().isPresent() ? Bucket.DEFERRED : wish.bucket();
      asset.fund(amount.negate());
      purse.credit(bucket, amount, wish.terms(), scene.now());
      var payee = ScripEntry.Owner.of(scene, holder, asset, bucket);
      return new ScripEntry(asset, wallet, new ScripEntry.Payment(payee, amount));
    }
    asset.fund(amount);
    List<Purse.Part> taken =
        wish.bucket() == Bucket.AVAILABLE
            ? purse.take(amount, scene.now())
            : purse.take(wish.bucket(), amount, lot -> true, scene.now());
    var payer = new ScripEntry.Owner(scene, holder, asset, wish.bucket(), taken);
    return new ScripEntry(asset, payer, new ScripEntry.Payment(wallet, amount));
  }

  /** Where new value comes out of nowhere, there is no wallet, and nothing happens. */
  void fund() {
    Asset asset = scene.asset();
    boolean burns = scene.chance(3);
    BigDecimal amount = scene.amount(3_000);
    String path = "/v1/programs/" + scene.program + "/assets/" + asset.id;
    Reply reply =
        scene.client.post(
            path + (burns ? "/burn" : "/fund"), "{\"amount\":\"%s\"}".formatted(amount));
    Optional<ScripRefusal> refusal =
        ScripRefusal.first(
            () -> scene.closed(asset),
            () ->
                ScripRefusal.INSUFFICIENT_BALANCE.when(
                    burns && asset.prefunded && amount.compareTo(asset.wallet) > 0));
    if (ScripRefusal.isDone(reply, refusal, 200)) {
      asset.fund(burns ? amount.negate() : amount);
      ScripScene.holdAmount(reply.json().get("available"), asset.wallet);
      JsonNode entry = reply.json().get("journal_entry_id");
      assertThat(entry.isNull()).isEqualTo(!asset.prefunded);
      if (asset.prefunded) {
        scene.operator.remember(entry.textValue(), funding(asset, burns, amount));
      }
    }
  }

  private ScripEntry funding(Asset asset, boolean burns, BigDecimal amount) {
    ScripEntry.Side wallet = ScripEntry.Wallet.of(scene, asset);
    return burns
        ? new ScripEntry(asset, wallet, new ScripEntry.Payment(ScripEntry.Outside.WORLD, amount))
        : new ScripEntry(asset, ScripEntry.Outside.WORLD, new ScripEntry.Payment(wallet, amount));
  }
}
