package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Ledgers of one worker, one of them with an overdraft, one in another currency. */
final class CorebanqWorld implements World {
  private static final long OVERDRAFT = 500;

  private final Random random;
  private final Clock clock;
  private final TestClient client;
  private final Past past;
  private final List<Ledger> ledgers = new ArrayList<>();
  private final Ledger foreign;
  private final Operator operator;

  private static final class Ledger {
    final String id;
    long limit;
    long balance;
    boolean active = true;
    boolean closed;
    private long debits;
    private long credits;

    Ledger(String id, long balance, long limit) {
      this.id = id;
      this.limit = limit;
      enter(balance);
    }

    /** A credit, or by a negative number a debit. */
    void enter(long amount) {
      balance += amount;
      credits += Math.max(amount, 0);
      debits += Math.max(-amount, 0);
    }
  }

  /** What came to a ledger, from another or from outside, or went there. */
  private record Move(Optional<Ledger> from, Optional<Ledger> to, long amount)
      implements Operator.Reversible {
    /** Whoever is closed gets nothing back, but gives out of what it may overdraw. */
    @Override
    public Optional<Operator.Refusal> refusal() {
      return Operator.Refusal.NOT_REVERSIBLE
          .when(from.filter(payer -> payer.closed).isPresent())
          .or(() -> Operator.Refusal.VALUE_GONE.when(to.filter(this::cannotPay).isPresent()));
    }

    private boolean cannotPay(Ledger ledger) {
      return amount > ledger.balance + ledger.limit;
    }

    @Override
    public void takeBack() {
      to.ifPresent(payee -> payee.enter(-amount));
      from.ifPresent(payer -> payer.enter(amount));
    }
  }

  CorebanqWorld(TestingGateway gateway, TenantId tenant, Random random, Clock clock) {
    this.random = random;
    this.clock = clock;
    this.past = new Past(random);
    this.operator = new Operator(gateway, tenant, random);
    Instant expiry = Instant.now().plus(Duration.ofHours(1));
    String token = gateway.token(tenant, "corebanq", UUID.randomUUID(), Set.of(), expiry);
    client = gateway.client().with("Authorization", "Bearer " + token);
    for (int i = 0; i < 3; i++) {
      ledgers.add(create("USD", random.nextInt(1_000), 0));
    }
    ledgers.add(create("USD", random.nextInt(1_000), OVERDRAFT));
    foreign = create("EUR", 100, 0);
  }

  private Ledger create(String currency, long balance, long limit) {
    String body =
        """
        {"code":"%s","description":"audited","type":"asset","currency_code":"%s","currency_id":"%s",\
        "balance_current":%d,"overdraft_enabled":%b,"overdraft_limit":%d}\
        """
            .formatted(
                UUID.randomUUID(),
                currency,
                UUID.nameUUIDFromBytes(currency.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                balance,
                limit > 0,
                limit);
    Reply reply = client.post("/v1/ledgers", body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    String id = reply.json().at("/ledger/id").textValue();
    if (balance > 0) {
      JsonNode opening = client.get("/v1/ledgers/" + id + "/entries").json().at("/entries/0/id");
      operator.rememberForEver(opening.textValue());
    }
    return new Ledger(id, balance, limit);
  }

  @Override
  public void step() {
    int dice = random.nextInt(100);
    if (dice < 50) {
      transfer();
    } else if (dice < 55) {
      operator.reverse();
    } else if (dice < 66) {
      entry();
    } else if (dice < 72) {
      change();
    } else if (dice < 82 && !past.isEmpty()) {
      past.replayOne();
    } else if (dice < 88 && !past.isEmpty()) {
      conflict();
    } else if (dice < 91) {
      read();
    } else {
      refusal();
    }
  }

  private Ledger any() {
    return ledgers.get(random.nextInt(ledgers.size()));
  }

  private static String path(String ledger) {
    return "/v1/ledgers/" + ledger + "/transfer";
  }

  private static String body(String destination, Object amount, Object key) {
    return "{\"destination_ledger_id\":\"%s\",\"amount\":%s,\"transaction_id\":\"%s\"}"
        .formatted(destination, amount, key);
  }

  private void transfer() {
    Ledger source = any();
    Ledger destination = any();
    if (source == destination) {
      expect(
          client.post(path(source.id), body(source.id, 1, UUID.randomUUID())),
          400,
          "ledger.same_ledger");
      return;
    }
    long amount = 1 + random.nextInt(500);
    String body = body(destination.id, amount, UUID.randomUUID());
    Reply reply = client.post(path(source.id), body);
    if (!source.active || !destination.active) {
      expect(reply, 422, "ledger.inactive");
      return;
    }
    if (amount > source.balance + source.limit) {
      expect(reply, 422, "ledger.insufficient_funds");
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    source.enter(-amount);
    destination.enter(amount);
    assertEntry(reply.json().get("source_entry"), "debit", amount, source);
    assertEntry(reply.json().get("destination_entry"), "credit", amount, destination);
    past.remember(client, path(source.id), body, reply);
    operator.remember(
        reply.json().get("transfer_id").textValue(),
        new Move(Optional.of(source), Optional.of(destination), amount));
  }

  private static void assertEntry(JsonNode entry, String type, long amount, Ledger ledger) {
    assertThat(entry.get("type").textValue()).isEqualTo(type);
    assertThat(entry.get("amount").longValue()).isEqualTo(amount);
    assertThat(entry.get("ledger_id").textValue()).isEqualTo(ledger.id);
    assertThat(entry.get("balance").longValue()).isEqualTo(ledger.balance);
  }

  private void entry() {
    Ledger ledger = any();
    boolean credit = random.nextBoolean();
    long amount = 1 + random.nextInt(300);
    String type = credit ? "credit" : "debit";
    String body =
        "{\"type\":\"%s\",\"amount\":%d,\"transaction_id\":\"%s\"}"
            .formatted(type, amount, UUID.randomUUID());
    String path = "/v1/ledgers/" + ledger.id + "/entries";
    Reply reply = client.post(path, body);
    if (!ledger.active) {
      expect(reply, 422, "ledger.inactive");
      return;
    }
    if (!credit && amount > ledger.balance + ledger.limit) {
      expect(reply, 422, "ledger.insufficient_funds");
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    ledger.enter(credit ? amount : -amount);
    assertEntry(reply.json(), type, amount, ledger);
    past.remember(client, path, body, reply);
    Optional<Ledger> entered = Optional.of(ledger);
    operator.remember(
        reply.json().get("id").textValue(),
        credit
            ? new Move(Optional.empty(), entered, amount)
            : new Move(entered, Optional.empty(), amount));
  }

  private void change() {
    Ledger ledger = any();
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> limit(ledger, random.nextInt(2 * (int) OVERDRAFT));
      case 3 -> activate(ledger, !ledger.active);
      case 4, 5, 6 -> activate(ledger, true);
      default -> close(random.nextBoolean() ? ledger : create("USD", 0, 0));
    }
  }

  private Reply patch(Ledger ledger, String body) {
    return client.send("PATCH", "/v1/ledgers/" + ledger.id, body);
  }

  private void limit(Ledger ledger, long limit) {
    Reply reply = patch(ledger, "{\"overdraft_enabled\":true,\"overdraft_limit\":" + limit + "}");
    if (ledger.balance < -limit) {
      expect(reply, 422, "ledger.insufficient_funds");
    } else {
      ledger.limit = limit;
      assertLedger(reply, ledger);
    }
  }

  private void activate(Ledger ledger, boolean active) {
    Reply reply = patch(ledger, "{\"active\":" + active + "}");
    if (ledger.closed && active) {
      expect(reply, 422, "ledger.inactive");
    } else {
      ledger.active = active;
      assertLedger(reply, ledger);
    }
  }

  private void close(Ledger ledger) {
    Reply reply = patch(ledger, "{\"closing_date\":\"2026-01-31T12:00:00Z\"}");
    if (ledger.balance != 0) {
      expect(reply, 422, "ledger.not_empty");
      return;
    }
    boolean closes = !ledger.closed;
    ledger.active = false;
    ledger.closed = true;
    assertLedger(reply, ledger);
    if (closes) {
      replace(ledger);
    }
  }

  /** The one that was closed last stays among those that are asked; a new one takes its place. */
  private void replace(Ledger closed) {
    boolean asked = ledgers.remove(closed);
    ledgers.removeIf(ledger -> ledger.closed);
    ledgers.add(closed);
    if (asked) {
      ledgers.add(create("USD", random.nextInt(1_000), 0));
    }
  }

  private static void assertLedger(Reply reply, Ledger ledger) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode shown = reply.json().get("ledger");
    assertThat(shown.get("active").booleanValue()).isEqualTo(ledger.active);
    assertThat(shown.get("closing_date").isNull()).isEqualTo(!ledger.closed);
    assertThat(shown.get("balance_current").longValue()).isEqualTo(ledger.balance);
  }

  private void conflict() {
    Past.Request request = past.any();
    String changed = request.body().replaceFirst("\"amount\":(\\d+)", "\"amount\":9$1");
    expect(client.post(request.path(), changed), 409, "ledger.duplicate_transaction");
  }

  private void refusal() {
    Ledger source = any();
    UUID key = UUID.randomUUID();
    switch (random.nextInt(6)) {
      case 0 ->
          expect(
              client.post(path(source.id), body(UUID.randomUUID().toString(), 1, key)),
              404,
              "ledger.not_found");
      case 1 ->
          expect(
              client.post(path(UUID.randomUUID().toString()), body(source.id, 1, key)),
              404,
              "ledger.not_found");
      case 2 ->
          expect(
              client.post(path(source.id), body(foreign.id, 1, key)),
              400,
              "ledger.currency_mismatch");
      case 3 ->
          expect(
              client.post(path(source.id), body(foreign.id, badAmount(), key)),
              400,
              "ledger.validation_failed");
      case 4 -> expect(client.post(path(source.id), "{\"amount\":1"), 400, "request.invalid_json");
      default ->
          expect(
              client.post(path("nonsense"), body(source.id, 1, key)),
              400,
              "ledger.validation_failed");
    }
  }

  private String badAmount() {
    String[] bad = {"0", "-1", "1.5", "\"1\"", "1e3", "true", "null", "99999999999999999999"};
    return bad[random.nextInt(bad.length)];
  }

  private static void expect(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.json().get("code").textValue()).isEqualTo(code);
  }

  private void read() {
    if (random.nextInt(8) == 0) {
      // Here time stands while things happen, so only what was before is settled.
      holdTrialBalance(clock.instant().minusSeconds(1));
    } else {
      hold(any());
    }
  }

  /** What all ledgers of a currency have been debited by then is what others were credited. */
  private void holdTrialBalance(Instant asOf) {
    String path = "/v1/ledgers/reports/trial-balance?as_of=" + asOf;
    JsonNode totals = client.get(path).json().get("totals");
    assertThat(totals).isNotEmpty();
    for (JsonNode total : totals) {
      assertThat(total.get("total_debits")).isEqualTo(total.get("total_credits"));
    }
  }

  private void hold(Ledger ledger) {
    String path = "/v1/ledgers/" + ledger.id;
    assertThat(client.get(path + "/balance").json().get("balance_current").longValue())
        .isEqualTo(ledger.balance);
    JsonNode statement = client.get(path + "/statement?limit=1").json();
    assertThat(statement.get("opening_balance").longValue()).isZero();
    assertThat(statement.get("closing_balance").longValue()).isEqualTo(ledger.balance);
    assertThat(statement.get("total_debits").longValue()).isEqualTo(ledger.debits);
    assertThat(statement.get("total_credits").longValue()).isEqualTo(ledger.credits);
  }

  @Override
  public void finish() {
    ledgers.forEach(this::hold);
    holdTrialBalance(clock.instant());
  }
}
