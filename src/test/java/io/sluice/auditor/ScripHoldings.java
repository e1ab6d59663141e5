package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.auditor.Lot.Bucket;
import io.sluice.auditor.ScripScene.Asset;
import io.sluice.auditor.ScripScene.Holder;
import io.sluice.testing.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Holds of participants and groups, and what becomes of them. */
record ScripHoldings(ScripScene scene) {
  private enum Kind {
    HOLD("/balances/hold"),
    RELEASE("/balances/release"),
    FORFEIT("/balances/forfeit"),
    VOID_HOLD("/balances/void-hold");

    private final String path;

    Kind(String path) {
      this.path = path;
    }

    /** What a closed participant has left can still be taken away. */
    String[] allowed() {
      return switch (this) {
        case HOLD, RELEASE -> new String[] {ScripScene.ACTIVE};
        case FORFEIT, VOID_HOLD -> new String[] {ScripScene.ACTIVE, "CLOSED"};
      };
    }
  }

  /** Without holds there is nothing to release. */
  private static final List<Kind> KINDS =
      List.of(Kind.HOLD, Kind.HOLD, Kind.RELEASE, Kind.FORFEIT, Kind.VOID_HOLD);

  /** What one asks for; of lots, whatever conditions it names. */
  private record Wish(
      Kind kind,
      Bucket from,
      Optional<BigDecimal> amount,
      List<Lot> lots,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<String> reference) {
    String members() {
      String ids = lots.stream().map(Wish::quoted).collect(Collectors.joining(","));
      return ",\"bucket\":\"%s\"%s%s%s%s%s"
          .formatted(
              from,
              ScripScene.member("amount", amount),
              ids.isEmpty() ? "" : ",\"lot_ids\":[" + ids + "]",
              ScripScene.member("earned_from", since),
              ScripScene.member("earned_to", until),
              ScripScene.member("reference_id", reference));
    }

    private static String quoted(Lot lot) {
      return "\"" + lot.id.orElseThrow() + "\"";
    }

    boolean isForLots() {
      return !lots.isEmpty() || since.isPresent() || until.isPresent() || reference.isPresent();
    }

    boolean fits(Lot lot) {
      return (lots.isEmpty() || lots.contains(lot))
          && since.filter(lot.createdAt::isBefore).isEmpty()
          && until.filter(lot.createdAt::isAfter).isEmpty()
          && (kind == Kind.HOLD || reference.isEmpty() || lot.reference.equals(reference))
          && (kind != Kind.VOID_HOLD || !lot.byHold);
    }

    /** All of what it says, or whatever there is of it. */
    boolean wantsAll(Asset asset) {
      return amount.isPresent() && !(kind == Kind.RELEASE && asset.inLots);
    }
  }

  void move() {
    Holder holder = scene.holder();
    Asset asset = scene.asset();
    Wish wish = wish(holder, asset);
    String path = holder.path() + wish.kind().path;
    Optional<String> key = scene.chance(2) ? ScripScene.newKey() : Optional.empty();
    String body = scene.body(asset, wish.members() + ScripScene.member("idempotency_key", key));
    Reply reply = scene.client.post(path, body);
    if (ScripRefusal.isDone(reply, refusal(holder, asset, wish), 200)) {
      hold(reply.json(), holder, asset, wish);
      scene.operator.rememberForEver(reply.json().get("journal_entry_id").textValue());
      key.ifPresent(used -> scene.past.remember(scene.client, path, body, reply));
    }
  }

  private Wish wish(Holder holder, Asset asset) {
    Kind kind = scene.any(KINDS);
    Bucket from =
        switch (kind) {
          case HOLD -> Bucket.AVAILABLE;
          case FORFEIT -> scene.chance(2) ? Bucket.AVAILABLE : Bucket.HELD;
          case RELEASE, VOID_HOLD -> Bucket.HELD;
        };
    boolean voids = kind == Kind.VOID_HOLD;
    boolean choosy = !voids && (asset.inLots || scene.chance(30));
    return new Wish(
        kind,
        from,
        voids || scene.chance(4) ? Optional.empty() : Optional.of(scene.amount(60)),
        choosy && scene.chance(6) ? known(holder, asset) : List.of(),
        choosy && scene.chance(8) ? Optional.of(someTime(holder, asset)) : Optional.empty(),
        choosy && scene.chance(8) ? Optional.of(scene.now()) : Optional.empty(),
        voids || choosy && scene.chance(3) ? reference(holder, asset) : Optional.empty());
  }

  /** Most often one that something is held under. */
  private Optional<String> reference(Holder holder, Asset asset) {
    List<String> used =
        holder.purse(asset).lots().stream()
            .filter(lot -> lot.bucket == Bucket.HELD && lot.remaining.signum() > 0)
            .flatMap(lot -> lot.reference.stream())
            .toList();
    return used.isEmpty() || scene.chance(4) ? scene.reference() : Optional.of(scene.any(used));
  }

  /** Some lots whose ids have been told, wherever they are by now; at times somebody else's. */
  private List<Lot> known(Holder holder, Asset asset) {
    Holder owner = scene.chance(8) ? scene.holder() : holder;
    List<Lot> known = new ArrayList<>(owner.purse(asset).lots());
    known.removeIf(lot -> lot.id.isEmpty());
    Collections.shuffle(known, scene.random);
    return known.stream().limit(1 + scene.random.nextInt(3)).toList();
  }

  private Instant someTime(Holder holder, Asset asset) {
    List<Lot> lots = holder.purse(asset).lots();
    return lots.isEmpty() ? scene.now() : scene.any(lots).createdAt;
  }

  private Optional<ScripRefusal> refusal(Holder holder, Asset asset, Wish wish) {
    Purse purse = holder.purse(asset);
    BigDecimal there = purse.matching(wish.from(), wish::fits, scene.now());
    return ScripRefusal.first(
        () -> ScripRefusal.NOT_FOUND.when(holder.isGroup && wish.kind() == Kind.VOID_HOLD),
        () -> scene.closed(asset),
        () -> holder.unless(wish.kind().allowed()),
        () -> ScripRefusal.BAD_REQUEST.when(!asset.inLots && wish.isForLots()),
        () -> ScripRefusal.NOT_FOUND.when(wish.lots().stream().anyMatch(isElsewhere(purse, wish))),
        () ->
            ScripRefusal.INSUFFICIENT_BALANCE.when(
                wish.wantsAll(asset) && there.compareTo(wish.amount().orElseThrow()) < 0),
        () -> nothing(wish).when(there.signum() <= 0));
  }

  private static Predicate<Lot> isElsewhere(Purse purse, Wish wish) {
    return lot -> lot.bucket != wish.from() || !purse.lots().contains(lot);
  }

  private static ScripRefusal nothing(Wish wish) {
    return wish.kind() == Kind.VOID_HOLD
        ? ScripRefusal.NOT_FOUND
        : ScripRefusal.INSUFFICIENT_BALANCE;
  }

  private void hold(JsonNode answer, Holder holder, Asset asset, Wish wish) {
    Purse purse = holder.purse(asset);
    BigDecimal there = purse.matching(wish.from(), wish::fits, scene.now());
    BigDecimal amount = wish.amount().map(there::min).orElse(there);
    List<Purse.Part> processed = carryOut(purse, asset, wish, amount);
    assertThat(answer.get("operation").textValue()).isEqualTo(wish.kind().name());
    ScripScene.holdAmount(answer.get("amount_processed"), amount);
    scene.holdBalance(answer.get("balance"), holder, asset);
    assertThat(answer.has("lots_processed")).isEqualTo(asset.inLots);
    if (asset.inLots) {
      holdLots(answer.get("lots_processed"), processed);
    }
  }

  private List<Purse.Part> carryOut(Purse purse, Asset asset, Wish wish, BigDecimal amount) {
    return switch (wish.kind()) {
      case HOLD -> purse.hold(amount, wish::fits, wish.reference(), scene.now());
      case RELEASE -> purse.release(amount, wish::fits, scene.now());
      case FORFEIT -> purse.take(wish.from(), amount, wish::fits, scene.now());
      case VOID_HOLD -> {
        asset.fund(amount);
        yield purse.take(wish.from(), amount, wish::fits, scene.now());
      }
    };
  }

  private static void holdLots(JsonNode shown, List<Purse.Part> foretold) {
    assertThat(shown).as(shown.toString()).hasSameSizeAs(foretold);
    for (int i = 0; i < foretold.size(); i++) {
      ScripScene.holdAmount(shown.get(i).get("amount"), foretold.get(i).amount());
      ScripReadings.holdId(shown.get(i), foretold.get(i).lot());
    }
  }
}
