package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.auditor.Lot.Bucket;
import io.sluice.auditor.Lot.Terms;
import io.sluice.auditor.ScripScene.Asset;
import io.sluice.auditor.ScripScene.Holder;
import io.sluice.testing.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redemptions to one target and another, and their reversals, in parts or all of them. */
final class ScripRedemptions {
  private final ScripScene scene;
  private final List<Redemption> made = new ArrayList<>();
  private Optional<Holder> target = Optional.empty();

  /** A redemption that was made, and how much of it is left to reverse. */
  private static final class Redemption {
    final String id;
    final Holder holder;
    final Asset asset;
    final Optional<Holder> target;
    final BigDecimal amount;
    final List<Purse.Part> taken;
    BigDecimal left;

    Redemption(
        String id,
        Holder holder,
        Asset asset,
        Optional<Holder> target,
        BigDecimal amount,
        List<Purse.Part> taken) {
      this.id = id;
      this.holder = holder;
      this.asset = asset;
      this.target = target;
      this.amount = amount;
      this.taken = taken;
      this.left = amount;
    }

    String status() {
      if (left.compareTo(amount) == 0) {
        return "COMPLETED";
      }
      return left.signum() == 0 ? "FULLY_REVERSED" : "PARTIALLY_REVERSED";
    }

    void reverse(BigDecimal part, Instant now) {
      target.ifPresent(one -> one.purse(asset).take(part, now));
      holder.purse(asset).giveBack(Bucket.AVAILABLE, taken, left, part, now);
      left = left.subtract(part);
    }
  }

  ScripRedemptions(ScripScene scene) {
    this.scene = scene;
  }

  boolean isEmpty() {
    return made.isEmpty();
  }

  void redeem() {
    Asset asset = scene.asset();
    Holder holder = scene.participant();
    BigDecimal amount = scene.amount(40);
    String path = holder.path() + "/redemptions";
    String body =
        scene.body(
            asset,
            ScripScene.member("amount", Optional.of(amount))
                + ScripScene.member("idempotency_key", ScripScene.newKey()));
    Reply reply = scene.client.post(path, body);
    if (ScripRefusal.isDone(reply, refusal(holder, asset, amount), 201)) {
      String id = reply.json().get("id").textValue();
      List<Purse.Part> taken = holder.purse(asset).take(amount, scene.now());
      scene.operator.rememberForEver(id);
      made.add(new Redemption(id, holder, asset, target, amount, taken));
      target.ifPresent(one -> one.purse(asset).credit(amount, Terms.NONE, scene.now()));
      scene.past.remember(scene.client, path, body, reply, 200);
    }
  }

  private Optional<ScripRefusal> refusal(Holder holder, Asset asset, BigDecimal amount) {
    return ScripRefusal.first(
        () -> scene.closed(asset),
        () -> holder.unless(ScripScene.ACTIVE),
        () -> ScripRefusal.SELF_TRANSFER.when(target.filter(holder::equals).isPresent()),
        () -> target.flatMap(one -> one.unless(ScripScene.ACTIVE)),
        () ->
            ScripRefusal.INSUFFICIENT_BALANCE.when(
                amount.compareTo(holder.purse(asset).available(scene.now())) > 0));
  }

  /** A part, or all that is left. */
  void reverse() {
    Redemption redemption = scene.any(made);
    Optional<BigDecimal> part = scene.chance(3) ? Optional.empty() : Optional.of(scene.amount(20));
    String path = "/v1/redemptions/" + redemption.id + "/reverse";
    String body =
        "{\"reason\":\"r\"%s%s}"
            .formatted(
                ScripScene.member("amount", part),
                ScripScene.member("idempotency_key", ScripScene.newKey()));
    Reply reply = scene.client.post(path, body);
    BigDecimal amount = part.orElse(redemption.left);
    if (ScripRefusal.isDone(reply, refusal(redemption, amount), 201)) {
      ScripScene.holdAmount(reply.json().get("amount"), amount);
      redemption.reverse(amount, scene.now());
      scene.past.remember(scene.client, path, body, reply, 200);
    }
  }

  /** Whoever was paid, and has closed since, still gives back. */
  private Optional<ScripRefusal> refusal(Redemption redemption, BigDecimal amount) {
    Asset asset = redemption.asset;
    return ScripRefusal.first(
        () -> scene.closed(asset),
        () -> redemption.holder.unless(ScripScene.ACTIVE),
        () -> redemption.target.flatMap(one -> one.unless(ScripScene.ACTIVE, "CLOSED")),
        () ->
            ScripRefusal.REVERSAL_EXCEEDS_REDEMPTION.when(
                redemption.left.signum() == 0 || amount.compareTo(redemption.left) > 0),
        () ->
            redemption
                .target
                .map(one -> one.purse(asset).available(scene.now()))
                .flatMap(
                    funds -> ScripRefusal.INSUFFICIENT_BALANCE.when(amount.compareTo(funds) > 0)));
  }

  /** Later redemptions go elsewhere. */
  void retarget() {
    target = scene.chance(3) ? Optional.empty() : Optional.of(scene.holder());
    String type = target.isPresent() ? "LEDGER_ENTITY" : "SYSTEM_REDEMPTION";
    String entity = ScripScene.member("redemption_target_entity_id", target.map(one -> one.id));
    String members = "\"redemption_target_type\":\"%s\"%s".formatted(type, entity);
    scene.patch("/v1/programs/" + scene.program, members);
  }

  void holdAny() {
    hold(scene.any(made));
  }

  void holdAll() {
    made.forEach(this::hold);
  }

  private void hold(Redemption redemption) {
    JsonNode shown = scene.client.get("/v1/redemptions/" + redemption.id).json();
    ScripScene.holdAmount(
        shown.get("reversed_amount"), redemption.amount.subtract(redemption.left));
    assertThat(shown.get("status").textValue()).isEqualTo(redemption.status());
  }
}
