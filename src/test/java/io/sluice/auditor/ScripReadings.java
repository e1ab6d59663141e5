package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.auditor.ScripScene.Asset;
import io.sluice.auditor.ScripScene.Holder;
import io.sluice.testing.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the API shows of balances, lots and wallets, held to the model's. */
record ScripReadings(ScripScene scene) {
  void readAny() {
    switch (scene.random.nextInt(4)) {
      case 0 -> holdBalances(scene.holder());
      case 1 -> holdWallets();
      default -> holdLots(scene.participant(), scene.asset(), false);
    }
  }

  /** After all that was due has been done. */
  void readAll() {
    scene.holders().forEach(this::holdBalances);
    for (Holder holder : scene.participants) {
      scene.assets.forEach(asset -> holdLots(holder, asset, !asset.isArchived()));
    }
    holdWallets();
  }

  private JsonNode list(String path) {
    Reply reply = scene.client.get(path);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("data");
  }

  private static Optional<JsonNode> of(Asset asset, JsonNode list) {
    for (JsonNode each : list) {
      if (each.get("asset_id").textValue().equals(asset.id)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** A group's are told as a sum. Whoever never had any of an asset has no balance of it. */
  private void holdBalances(Holder holder) {
    JsonNode shown = list(holder.path() + "/balances");
    for (Asset asset : scene.assets) {
      Optional<JsonNode> balance = of(asset, shown);
      if (balance.isEmpty()) {
        assertThat(holder.purse(asset).total(scene.now())).isZero();
      } else if (holder.isGroup) {
        ScripScene.holdAmount(balance.get().get("balance"), holder.purse(asset).total(scene.now()));
      } else {
        scene.holdBalance(balance.get(), holder, asset);
      }
    }
  }

  private void holdWallets() {
    JsonNode shown = list("/v1/programs/" + scene.program + "/balance");
    for (Asset asset : scene.assets) {
      Optional<JsonNode> wallet = of(asset, shown);
      assertThat(wallet.isPresent()).isEqualTo(asset.prefunded);
      wallet.ifPresent(known -> ScripScene.holdAmount(known.get("available"), asset.wallet));
    }
  }

  /**
   * Holds each lot to the model's.
   *
   * @param settled whether what has expired must be gone
   */
  private void holdLots(Holder holder, Asset asset, boolean settled) {
    String path = holder.path() + "/balances/lots?limit=200&asset_id=" + asset.id;
    if (!asset.inLots) {
      ScripRefusal.BAD_REQUEST.expect(scene.client.get(path));
      return;
    }
    List<Lot> foretold = holder.purse(asset).lots();
    int from = 0;
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      JsonNode page = scene.client.get(path + cursor.get()).json();
      for (JsonNode shown : page.get("data")) {
        assertThat(from).as("more lots than there are: %s", shown).isLessThan(foretold.size());
        holdLot(shown, foretold.get(from++), settled);
      }
      cursor =
          Optional.ofNullable(page.at("/pagination/next_cursor").textValue())
              .map(next -> "&cursor=" + next);
    }
    assertThat(from).as("lots of %s", holder.id).isEqualTo(foretold.size());
  }

  private void holdLot(JsonNode shown, Lot foretold, boolean settled) {
    String status = foretold.status(scene.now());
    assertThat(shown.get("status").textValue()).as(shown.toString()).isEqualTo(status);
    if (!status.equals("EXPIRED")) {
      ScripScene.holdAmount(shown.get("remaining"), foretold.remaining);
    } else if (settled) {
      ScripScene.holdAmount(shown.get("remaining"), BigDecimal.ZERO);
    }
    assertThat(time(shown, "created_at")).contains(foretold.createdAt);
    assertThat(time(shown, "expires_at")).isEqualTo(foretold.end);
    assertThat(time(shown, "matures_at")).isEqualTo(foretold.due);
    assertThat(Optional.ofNullable(shown.path("reference_id").textValue()))
        .as(shown.toString())
        .isEqualTo(foretold.reference);
    holdId(shown, foretold);
  }

  private static Optional<Instant> time(JsonNode shown, String member) {
    return Optional.ofNullable(shown.get(member).textValue()).map(Instant::parse);
  }

  /** Once an id has been told, it stays. */
  static void holdId(JsonNode shown, Lot foretold) {
    String id = shown.get("id").textValue();
    foretold.id.ifPresent(known -> assertThat(id).isEqualTo(known));
    foretold.id = Optional.of(id);
  }
}
