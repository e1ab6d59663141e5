package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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

  private record Asset(String id, int place) {}

  private static final class Holder {
    final String id;
    final boolean group;
    final BigDecimal[] balances = {BigDecimal.ZERO, BigDecimal.ZERO};
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

  ScripWorld(TestingGateway gateway, TenantId tenant, Random random) {
    this.random = random;
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
    if (dice < 25) {
      adjust();
    } else if (dice < 70) {
      transfer();
    } else if (dice < 76) {
      status();
    } else if (dice < 84 && !past.isEmpty()) {
      past.replayOne();
    } else if (dice < 90 && !past.isEmpty()) {
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
    BigDecimal amount = amount(300);
    String body =
        """
        {"program_id":"%s","asset_id":"%s","type":"%s","amount":"%s","description":"d"}\
        """
            .formatted(program, asset.id, credit ? "CREDIT" : "DEBIT", amount);
    String kind = holder.group ? "groups" : "participants";
    Reply reply = client.post("/v1/" + kind + "/" + holder.id + "/balances/adjust", body);
    if (!holder.status.equals("ACTIVE")) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
      return;
    }
    if (!credit && amount.compareTo(holder.balances[asset.place]) > 0) {
      expect(reply, 422, "insufficient_balance");
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    BigDecimal change = credit ? amount : amount.negate();
    holder.balances[asset.place] = holder.balances[asset.place].add(change);
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
    source.balances[asset.place] = source.balances[asset.place].subtract(total);
    for (Row row : rows) {
      row.recipient().balances[asset.place] =
          row.recipient().balances[asset.place].add(row.amount());
    }
    past.remember(client, TRANSFERS, body, reply);
  }

  private static BigDecimal total(List<Row> rows) {
    return rows.stream().map(Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The code of the refusal that the rules ask for; empty when value must move. */
  private static String refusal(Asset asset, Holder source, List<Row> rows) {
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
    return total(rows).compareTo(source.balances[asset.place]) > 0 ? "insufficient_balance" : "";
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
    String changed = request.body().replaceFirst("\"amount\":\"", "\"amount\":\"1");
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
          assertThat(new BigDecimal(shown)).isEqualByComparingTo(holder.balances[asset.place()]);
        }
      }
    }
  }
}
