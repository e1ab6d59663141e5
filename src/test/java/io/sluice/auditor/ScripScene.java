package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.auditor.Lot.Bucket;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * What one worker has of Scrip, and what the rules make of it: a programme, an asset of each kind,
 * participants and a group.
 */
final class ScripScene {
  static final String ACTIVE = "ACTIVE";
  static final String ARCHIVED = "ARCHIVED";
  static final BigDecimal CEILING = new BigDecimal("900.00");
  private static final int PARTICIPANTS = 4;

  final Random random;
  final TestClient client;
  final Past past;
  final Operator operator;
  final String program;
  final List<Asset> assets = new ArrayList<>();
  final List<Holder> participants = new ArrayList<>();

  /** Active or archived; another takes its place then. */
  Holder group;

  private final List<Holder> formerGroups = new ArrayList<>();

  String programStatus = ACTIVE;
  private final Clock clock;

  /** An asset, and what the programme may spend of it, if it is PREFUNDED. */
  static final class Asset {
    final String id;
    final boolean inLots;
    final boolean prefunded;
    String status = ACTIVE;
    BigDecimal wallet = BigDecimal.ZERO;

    Asset(String id, boolean inLots, boolean prefunded) {
      this.id = id;
      this.inLots = inLots;
      this.prefunded = prefunded;
    }

    boolean isArchived() {
      return status.equals(ARCHIVED);
    }

    /** What comes into the wallet, or by a negative number leaves it. */
    void fund(BigDecimal amount) {
      wallet = prefunded ? wallet.add(amount) : wallet;
    }
  }

  /** A participant or a group. */
  static final class Holder {
    final String id;
    final boolean isGroup;
    String status = ACTIVE;
    private final Map<Asset, Purse> purses = new HashMap<>();

    Holder(String id, boolean isGroup) {
      this.id = id;
      this.isGroup = isGroup;
    }

    Purse purse(Asset asset) {
      return purses.computeIfAbsent(asset, of -> new Purse(of.inLots));
    }

    /** That it is active, or as a participant in another status that will do. */
    Optional<ScripRefusal> unless(String... allowed) {
      if (isGroup) {
        return ScripRefusal.GROUP_INACTIVE.when(!status.equals(ACTIVE));
      }
      return ScripRefusal.PARTICIPANT_INACTIVE.when(!Set.of(allowed).contains(status));
    }

    boolean isArchived() {
      return status.equals(ARCHIVED);
    }

    String path() {
      return "/v1/" + (isGroup ? "groups/" : "participants/") + id;
    }

    /** The member of a request that names it. */
    String member(String prefix) {
      return "\"%s%s_id\":\"%s\"".formatted(prefix, isGroup ? "group" : "participant", id);
    }
  }

  ScripScene(TestingGateway gateway, TenantId tenant, Random random, Clock clock) {
    this.random = random;
    this.clock = clock;
    past = new Past(random);
    operator = new Operator(gateway, tenant, random);
    String key = gateway.secret("api-key", tenant, UUID.randomUUID().toString());
    client = gateway.client().with("X-API-Key", key);
    program = newProgram();
    for (boolean inLots : List.of(false, true)) {
      for (boolean prefunded : List.of(false, true)) {
        assets.add(newAsset(inLots, prefunded));
      }
    }
    for (int i = 0; i < PARTICIPANTS; i++) {
      String body = "{\"external_id\":\"%s\"}".formatted(UUID.randomUUID());
      participants.add(new Holder(created("/v1/participants", body), false));
    }
    group = newGroup();
    assets.stream().filter(asset -> asset.prefunded).forEach(this::fund);
  }

  private void fund(Asset asset) {
    String path = "/v1/programs/" + program + "/assets/" + asset.id + "/fund";
    Reply reply = client.post(path, "{\"amount\":\"20000\"}");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    asset.fund(new BigDecimal(20_000));
  }

  String newProgram() {
    return created("/v1/programs", "{\"name\":\"audited\"}");
  }

  Asset newAsset(boolean inLots, boolean prefunded) {
    String symbol = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    String body =
        """
        {"program_id":"%s","name":"a","symbol":"%s","inventory_mode":"%s",\
        "issuance_policy":"%s","scale":2,"max_transaction_amount":"%s"}\
        """
            .formatted(
                program,
                symbol,
                inLots ? "LOT" : "SIMPLE",
                prefunded ? "PREFUNDED" : "UNLIMITED",
                CEILING);
    return new Asset(created("/v1/assets", body), inLots, prefunded);
  }

  void replaceGroup() {
    formerGroups.add(group);
    group = newGroup();
  }

  private Holder newGroup() {
    String body =
        "{\"name\":\"g\",\"members\":[{\"participant_id\":\"%s\",\"role\":\"ADMIN\"}]}"
            .formatted(participants.getFirst().id);
    return new Holder(created("/v1/groups", body), true);
  }

  private String created(String path, String body) {
    Reply reply = client.post(path, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json().get("id").textValue();
  }

  void patch(String path, String members) {
    Reply reply = client.send("PATCH", path, "{" + members + "}");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  Instant now() {
    return clock.instant();
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Most often one in lots, of which there is most to say. */
  Asset asset() {
    List<Asset> half = assets.subList(assets.size() / 2, assets.size());
    return chance(3) ? any(assets) : any(half);
  }

  Holder participant() {
    return any(participants);
  }

  Holder holder() {
    return chance(participants.size() + 1) ? group : participant();
  }

  List<Holder> holders() {
    var all = new ArrayList<>(participants);
    all.add(group);
    return all;
  }

  BigDecimal amount(int max) {
    return BigDecimal.valueOf(1L + random.nextInt(max * 100), 2);
  }

  Optional<String> reference() {
    return Optional.of("r" + random.nextInt(3));
  }

  /** At one of the next times when the clock is advanced. */
  Instant soon() {
    return now().plus(AuditorTest.STEP.multipliedBy(random.nextInt(3))).plusSeconds(1);
  }

  /** Whether something is archived that others could stand in for. */
  boolean isShort() {
    return group.isArchived() || assets.stream().anyMatch(Asset::isArchived);
  }

  /** What nearly every request about value names. */
  String body(Asset asset, String more) {
    return "{\"program_id\":\"%s\",\"asset_id\":\"%s\",\"description\":\"d\"%s}"
        .formatted(program, asset.id, more);
  }

  /** A further member of a body, if there is a value. */
  static String member(String name, Optional<?> value) {
    return value.map(text -> ",\"%s\":\"%s\"".formatted(name, text)).orElse("");
  }

  static Optional<String> newKey() {
    return Optional.of(UUID.randomUUID().toString());
  }

  /** What is looked at first, whatever is asked for: that value may move here at all. */
  Optional<ScripRefusal> closed(Asset asset) {
    return ScripRefusal.PROGRAM_INACTIVE
        .when(!programStatus.equals(ACTIVE))
        .or(() -> ScripRefusal.ASSET_INACTIVE.when(asset.isArchived()));
  }

  /** Holds the buckets that an answer shows to the model's. */
  void holdBalance(JsonNode shown, Holder holder, Asset asset) {
    for (Bucket bucket : Bucket.values()) {
      holdAmount(
          shown.get(bucket.name().toLowerCase(Locale.ROOT)), holder.purse(asset).in(bucket, now()));
    }
  }

  /** Amounts are told at the asset's scale. */
  static void holdAmount(JsonNode shown, BigDecimal foretold) {
    assertThat(shown.textValue()).isEqualTo(foretold.setScale(2).toPlainString());
  }

  /** What was deferred until now is there, but of assets that take no entry any more. */
  void mature(Instant now) {
    List<Holder> all = holders();
    all.addAll(formerGroups);
    for (Holder holder : all) {
      holder.purses.forEach(
          (asset, purse) -> {
            if (!asset.isArchived()) {
              purse.mature(now);
            }
          });
    }
  }
}
