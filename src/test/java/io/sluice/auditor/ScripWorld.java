package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Participants and a group of one worker, with a SIMPLE and a LOT asset. */
final class ScripWorld implements World {
  private static final String TRANSFERS = "/v1/transfers";
  private static final BigDecimal CEILING = new BigDecimal("900.00");

  private final Random random;
  private final TestClient client;
  private final Past past;
  private final String program;
  private final List<Asset> assets = new ArrayList<>();
  private final List<Holder> holders = new ArrayList<>();
  private final List<Redemption> redemptions = new ArrayList<>();
  private final Clock clock;
  private Optional<Holder> target = Optional.empty();

  private record Asset(String id, int place) {}

  private static final class Holder {
    final String id;
    final boolean group;
    final Purse[] purses = {new Purse(false), new Purse(true)};
    String status = "ACTIVE";

    Holder(String id, boolean group) {
      this.id = id;
      this.group = group;
    }

    String row(String prefix) {
      return "\"%s%s_id\":\"%s\"".formatted(prefix, group ? "group" : "participant", id);
    }
  }

  private record Row(Holder recipient, BigDecimal amount) {}

  ScripWorld(TestingGateway gateway, TenantId tenant, Random random, Clock clock) {
    this.random = random;
    this.clock = clock;
    this.past = new Past(random);
    String key = gateway.secret("api-key", tenant, UUID.randomUUID().toString());
    client = gateway.client().with("X-API-Key", key);
    program = created("/v1/programs", "{\"name\":\"audited\"}").get("id").textValue();
    for (String mode : List.of("SIMPLE", "LOT")) {
      String body =
          """
          {"program_id":"%s","name":"a","symbol":"%s","inventory_mode":"%s",\
          "issuance_policy":"UNLIMITED","scale":2,"max_transaction_amount":"%s"}\
          """
              .formatted(program, symbol(), mode, CEILING);
      assets.add(new Asset(created("/v1/assets", body).get("id").textValue(), assets.size()));
    }
    for (int i = 0; i < 4; i++) {
      String body = "{\"external_id\":\"%s\"}".formatted(UUID.randomUUID());
      holders.add(new Holder(created("/v1/participants", body).get("id").textValue(), false));
    }
    String members =
        "{\"name\":\"g\",\"members\":[{\"participant_id\":\"%s\",\"role\":\"ADMIN\"}]}"
            .formatted(holders.getFirst().id);
    holders.add(new Holder(created("/v1/groups", members).get("id").textValue(), true));
  }

  private static String symbol() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  private JsonNode created(String path, String body) {
    Reply reply = client.post(path, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json();
  }

  @Override
  public void step() {
    int dice = random.nextInt(100);
    if (dice < 20) {
      adjust();
    } else if (dice < 45) {
      transfer();
    } else if (dice < 60) {
      redeem();
    } else if (dice < 75 && !redemptions.isEmpty()) {
      reverse();
    } else if (dice < 77) {
      retarget();
    } else if (dice < 79) {
      whileSuspended();
    } else if (dice < 84) {
      status();
    } else if (dice < 90 && !past.isEmpty()) {
      past.replayOne();
    } else if (dice < 94 && !past.isEmpty()) {
      conflict();
    } else {
      refusal();
    }
  }

  private Holder any() {
    return holders.get(random.nextInt(holders.size()));
  }

  private BigDecimal amount(int max) {
    return BigDecimal.valueOf(1L + random.nextInt(max * 100), 2);
  }

  private void adjust() {
    Holder holder = any();
    Asset asset = assets.get(random.nextInt(2));
    boolean credit = random.nextInt(3) > 0;
    boolean overdraws = !credit && random.nextInt(6) == 0;
    Optional<Instant> end = credit && asset.place == 1 ? end() : Optional.empty();
    BigDecimal amount = amount(300);
    String body =
        """
        {"program_id":"%s","asset_id":"%s","type":"%s","amount":"%s","description":"d"%s%s}\
        """
            .formatted(
                program,
                asset.id,
                credit ? "CREDIT" : "DEBIT",
                amount,
                end.map(time -> ",\"expires_at\":\"" + time + "\"").orElse(""),
                overdraws ? ",\"allow_negative\":true" : "");
    Reply reply = client.post(adjusting(holder), body);
    if (!holder.status.equals("ACTIVE")) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
      return;
    }
    Purse purse = holder.purses[asset.place];
    if (!credit && !overdraws && amount.compareTo(purse.available(now())) > 0) {
      expect(reply, 422, "insufficient_balance");
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    if (credit) {
      purse.credit(amount, end, now());
    } else {
      purse.take(amount, now());
    }
  }

  private static String adjusting(Holder holder) {
    String kind = holder.group ? "groups" : "participants";
    return "/v1/" + kind + "/" + holder.id + "/balances/adjust";
  }

  private Instant now() {
    return clock.instant();
  }

  /** Never, or at one of the next times when the clock is advanced. */
  private Optional<Instant> end() {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(now().plus(AuditorTest.STEP.multipliedBy(random.nextInt(2))).plusSeconds(1));
  }

  private static String body(
      String program, Asset asset, Holder source, List<Row> rows, String more) {
    var recipients = new StringBuilder();
    for (Row row : rows) {
      recipients
          .append(recipients.isEmpty() ? "" : ",")
          .append("{")
          .append(row.recipient().row(""))
          .append(",\"amount\":\"")
          .append(row.amount().toPlainString())
          .append("\"}");
    }
    return "{\"program_id\":\"%s\",\"asset_id\":\"%s\",\"description\":\"d\",%s,\"recipients\":[%s]%s}"
        .formatted(program, asset.id(), source.row("source_"), recipients, more);
  }

  private void transfer() {
    Asset asset = assets.get(random.nextInt(2));
    Holder source = any();
    var rows = new ArrayList<Row>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      rows.add(new Row(any(), amount(60)));
    }
    String key = UUID.randomUUID().toString();
    String body = body(program, asset, source, rows, ",\"idempotency_key\":\"" + key + "\"");
    Reply reply = client.post(TRANSFERS, body);
    String refusal = refusal(asset, source, rows);
    if (!refusal.isEmpty()) {
      int status =
          switch (refusal) {
            case "self_transfer" -> 400;
            case "insufficient_balance" -> 422;
            default -> 409;
          };
      expect(reply, status, refusal);
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    BigDecimal total = total(rows);
    assertThat(reply.json().get("total_amount").textValue()).isEqualTo(total.toPlainString());
    assertThat(reply.json().get("recipient_count").intValue()).isEqualTo(rows.size());
    source.purses[asset.place].take(total, now());
    rows.forEach(
        row -> row.recipient().purses[asset.place].credit(row.amount(), Optional.empty(), now()));
    past.remember(client, TRANSFERS, body, reply);
  }

  private static BigDecimal total(List<Row> rows) {
    return rows.stream().map(Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The code of the refusal that the rules ask for; empty when value must move. */
  private String refusal(Asset asset, Holder source, List<Row> rows) {
    if (source.status.equals("SUSPENDED")) {
      return "participant_inactive";
    }
    for (Row row : rows) {
      if (row.recipient() == source) {
        return "self_transfer";
      }
      if (!row.recipient().status.equals("ACTIVE")) {
        return "participant_inactive";
      }
    }
    return total(rows).compareTo(source.purses[asset.place].available(now())) > 0
        ? "insufficient_balance"
        : "";
  }

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

    Purse purse() {
      return holder.purses[asset.place()];
    }
  }

  private void redeem() {
    Asset asset = assets.get(random.nextInt(2));
    Holder holder = holders.get(random.nextInt(4));
    BigDecimal amount = amount(80);
    String path = "/v1/participants/" + holder.id + "/redemptions";
    String body =
        """
        {"program_id":"%s","asset_id":"%s","amount":"%s","description":"d","idempotency_key":"%s"}\
        """
            .formatted(program, asset.id, amount, UUID.randomUUID());
    Reply reply = client.post(path, body);
    Purse purse = holder.purses[asset.place];
    if (!holder.status.equals("ACTIVE")) {
      expect(reply, 409, "participant_inactive");
    } else if (target.filter(holder::equals).isPresent()) {
      expect(reply, 400, "self_transfer");
    } else if (target.filter(one -> !one.status.equals("ACTIVE")).isPresent()) {
      expect(reply, 409, "participant_inactive");
    } else if (amount.compareTo(purse.available(now())) > 0) {
      expect(reply, 422, "insufficient_balance");
    } else {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
      String id = reply.json().get("id").textValue();
      List<Purse.Part> taken = purse.take(amount, now());
      redemptions.add(new Redemption(id, holder, asset, target, amount, taken));
      target.ifPresent(one -> one.purses[asset.place].credit(amount, Optional.empty(), now()));
      past.remember(client, path, body, reply, 200);
    }
  }

  /** A part, or all that is left. */
  private void reverse() {
    Redemption redemption = redemptions.get(random.nextInt(redemptions.size()));
    Optional<BigDecimal> part = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(amount(50));
    String path = "/v1/redemptions/" + redemption.id + "/reverse";
    String body =
        """
        {"reason":"r"%s,"idempotency_key":"%s"}\
        """
            .formatted(
                part.map(amount -> ",\"amount\":\"" + amount + "\"").orElse(""), UUID.randomUUID());
    Reply reply = client.post(path, body);
    BigDecimal amount = part.orElse(redemption.left);
    String refusal = refusal(redemption, amount);
    if (!refusal.isEmpty()) {
      expect(reply, refusal.equals("participant_inactive") ? 409 : 422, refusal);
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    assertThat(new BigDecimal(reply.json().get("amount").textValue())).isEqualByComparingTo(amount);
    redemption.target.ifPresent(one -> one.purses[redemption.asset.place].take(amount, now()));
    redemption.purse().giveBack(redemption.taken, redemption.left, amount, now());
    redemption.left = redemption.left.subtract(amount);
    past.remember(client, path, body, reply, 200);
  }

  private String refusal(Redemption redemption, BigDecimal amount) {
    if (!redemption.holder.status.equals("ACTIVE")
        || redemption.target.filter(one -> one.status.equals("SUSPENDED")).isPresent()) {
      return "participant_inactive";
    }
    if (redemption.left.signum() == 0 || amount.compareTo(redemption.left) > 0) {
      return "reversal_exceeds_redemption";
    }
    return redemption
        .target
        .map(one -> one.purses[redemption.asset.place].available(now()))
        .filter(available -> amount.compareTo(available) > 0)
        .map(available -> "insufficient_balance")
        .orElse("");
  }

  private void retarget() {
    target = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(any());
    patchProgram(
        target
            .map(
                one ->
                    "\"redemption_target_type\":\"LEDGER_ENTITY\",\"redemption_target_entity_id\":\""
                        + one.id
                        + "\"")
            .orElse("\"redemption_target_type\":\"SYSTEM_REDEMPTION\""));
  }

  private void patchProgram(String members) {
    Reply reply = client.send("PATCH", "/v1/programs/" + program, "{" + members + "}");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  /** Nothing moves, neither out of matured lots nor back. */
  private void whileSuspended() {
    Asset asset = assets.get(random.nextInt(2));
    Holder holder = holders.get(random.nextInt(4));
    patchProgram("\"status\":\"SUSPENDED\"");
    String named =
        "{\"program_id\":\"%s\",\"asset_id\":\"%s\",\"amount\":\"1\",\"description\":\"d\""
            .formatted(program, asset.id);
    expect(
        client.post("/v1/participants/" + holder.id + "/redemptions", named + "}"),
        409,
        "program_inactive");
    expect(
        client.post(adjusting(holder), named + ",\"type\":\"CREDIT\"}"), 409, "program_inactive");
    if (!redemptions.isEmpty()) {
      String id = redemptions.get(random.nextInt(redemptions.size())).id;
      expect(
          client.post("/v1/redemptions/" + id + "/reverse", "{\"reason\":\"r\"}"),
          409,
          "program_inactive");
    }
    patchProgram("\"status\":\"ACTIVE\"");
  }

  private void status() {
    Holder holder = holders.get(random.nextInt(4));
    String[] choices = {"ACTIVE", "ACTIVE", "SUSPENDED", "CLOSED"};
    holder.status = choices[random.nextInt(choices.length)];
    Reply reply =
        client.send(
            "PATCH",
            "/v1/participants/" + holder.id + "/status",
            "{\"status\":\"" + holder.status + "\"}");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  private void conflict() {
    Past.Request request = past.any();
    String changed =
        request
            .body()
            .replaceFirst("\"amount\":\"", "\"amount\":\"1")
            .replaceFirst("\"reason\":\"", "\"reason\":\"not ");
    expect(client.post(request.path(), changed), 409, "idempotency_conflict");
  }

  private void refusal() {
    Asset asset = assets.get(random.nextInt(2));
    Holder source = holders.get(4);
    Holder recipient = new Holder(UUID.randomUUID().toString(), false);
    switch (random.nextInt(5)) {
      case 0 ->
          expect(
              client.post(
                  TRANSFERS,
                  body(program, asset, source, List.of(new Row(recipient, BigDecimal.ONE)), "")),
              404,
              "not_found");
      case 1 ->
          expect(
              client.post(TRANSFERS, body(program, asset, source, List.of(), "")),
              400,
              "bad_request");
      case 2 ->
          expect(
              client.post(
                  TRANSFERS,
                  body(
                      program,
                      asset,
                      source,
                      List.of(new Row(anyActive(), new BigDecimal("1.001"))),
                      "")),
              400,
              "invalid_scale");
      case 3 ->
          expect(
              client.post(
                  TRANSFERS,
                  body(
                      program,
                      asset,
                      source,
                      List.of(new Row(anyActive(), new BigDecimal("900.01"))),
                      "")),
              400,
              "max_transaction_amount_exceeded");
      default -> expect(client.without("X-API-Key").post(TRANSFERS, "{}"), 401, "unauthorized");
    }
  }

  /** A participant that can receive, made active for it. */
  private Holder anyActive() {
    Holder holder = holders.get(random.nextInt(4));
    if (!holder.status.equals("ACTIVE")) {
      holder.status = "ACTIVE";
      client.send("PATCH", "/v1/participants/" + holder.id + "/status", "{\"status\":\"ACTIVE\"}");
    }
    return holder;
  }

  private static void expect(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.json().get("code").textValue()).as(reply.toString()).isEqualTo(code);
  }

  @Override
  public void finish() {
    for (Holder holder : holders) {
      if (!holder.group) {
        for (Asset asset : assets) {
          JsonNode data =
              client
                  .get("/v1/participants/" + holder.id + "/balances?asset_id=" + asset.id())
                  .json()
                  .get("data");
          String shown = data.isEmpty() ? "0" : data.get(0).get("available").textValue();
          assertThat(new BigDecimal(shown))
              .isEqualByComparingTo(holder.purses[asset.place()].available(now()));
        }
        holdLots(holder);
      }
    }
    redemptions.forEach(this::holdRedemption);
  }

  /** What has expired may be gone by now, or not yet. */
  private void holdLots(Holder holder) {
    List<Purse.Lot> foretold = holder.purses[1].lots();
    String path =
        "/v1/participants/" + holder.id + "/balances/lots?limit=200&asset_id=" + assets.get(1).id();
    String cursor = "";
    for (int from = 0; from == 0 || !cursor.isEmpty(); ) {
      JsonNode page = client.get(path + cursor).json();
      for (JsonNode lot : page.get("data")) {
        Purse.Lot own = foretold.get(from++);
        String status = own.status(now());
        assertThat(lot.get("status").textValue())
            .as("lot %s of %s", from, holder.id)
            .isEqualTo(status);
        if (!status.equals("EXPIRED")) {
          assertThat(new BigDecimal(lot.get("remaining").textValue()))
              .isEqualByComparingTo(own.remaining());
        }
      }
      JsonNode next = page.get("pagination").get("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.textValue();
      if (cursor.isEmpty()) {
        assertThat(from).isEqualTo(foretold.size());
        return;
      }
    }
  }

  private void holdRedemption(Redemption redemption) {
    JsonNode shown = client.get("/v1/redemptions/" + redemption.id).json();
    BigDecimal reversed = redemption.amount.subtract(redemption.left);
    assertThat(new BigDecimal(shown.get("reversed_amount").textValue()))
        .isEqualByComparingTo(reversed);
    String status = redemption.left.signum() == 0 ? "FULLY_REVERSED" : "PARTIALLY_REVERSED";
    assertThat(shown.get("status").textValue())
        .isEqualTo(reversed.signum() == 0 ? "COMPLETED" : status);
  }
}
