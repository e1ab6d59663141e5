package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Subledgers of one worker; the enterprise, which never runs dry, is shared with other workers. */
final class OrumWorld implements World {
  private static final String TRANSFERS = "/deliver/booktransfers";
  private static final Set<String> SCOPES =
      Set.of(
          "write:booktransfers",
          "read:booktransfers",
          "write:subledgers",
          "read:subledgers",
          "read:balances");

  private final Random random;
  private final TestClient client;
  private final List<Subledger> subledgers = new ArrayList<>();
  private final List<String> usedReferences = new ArrayList<>();

  private static final class Subledger {
    final String id;
    final String reference;
    long balance;

    Subledger(String id, String reference) {
      this.id = id;
      this.reference = reference;
    }
  }

  /** The tenant's enterprise must exist and be rich. */
  OrumWorld(TestingGateway gateway, TenantId tenant, Random random) {
    this.random = random;
    Instant expiry = Instant.now().plus(Duration.ofHours(1));
    String token = gateway.token(tenant, "orum", UUID.randomUUID(), SCOPES, expiry);
    client =
        gateway
            .client()
            .with("Authorization", "Bearer " + token)
            .with("Orum-Version", "v2022-09-21");
    for (int i = 0; i < 4; i++) {
      String reference = UUID.randomUUID().toString();
      Reply reply =
          client.post(
              "/deliver/subledgers",
              "{\"subledger_reference_id\":\"%s\",\"customer_reference_id\":\"c\"}"
                  .formatted(reference));
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      subledgers.add(new Subledger(reply.json().at("/subledger/id").textValue(), reference));
    }
  }

  @Override
  public void step() {
    int dice = random.nextInt(100);
    if (dice < 75) {
      transfer();
    } else if (dice < 85 && !usedReferences.isEmpty()) {
      duplicate();
    } else {
      refusal();
    }
  }

  private Subledger any() {
    return subledgers.get(random.nextInt(subledgers.size()));
  }

  private static String body(String reference, Object cents, String source, String destination) {
    return "{\"book_transfer_reference_id\":\"%s\",\"amount\":%s,\"currency\":\"USD\"%s%s}"
        .formatted(reference, cents, side("source", source), side("destination", destination));
  }

  private static String side(String name, String reference) {
    return reference == null
        ? ""
        : ",\"%s\":{\"subledger_reference_id\":\"%s\"}".formatted(name, reference);
  }

  private void transfer() {
    Subledger source = random.nextInt(4) == 0 ? null : any();
    Subledger destination = random.nextInt(5) == 0 && source != null ? null : any();
    String reference = UUID.randomUUID().toString();
    long cents = 1 + random.nextInt(source == null ? 400 : 250);
    String body =
        body(
            reference,
            cents,
            source == null ? null : source.reference,
            destination == null ? null : destination.reference);
    Reply reply = client.post(TRANSFERS, body);
    if (source == destination) {
      expect(reply, 400, "same_source_and_destination");
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    usedReferences.add(reference);
    JsonNode transfer = reply.json().get("book_transfer");
    if (source != null && cents > source.balance) {
      assertThat(transfer.get("status").textValue()).isEqualTo("failed");
      assertThat(transfer.at("/status_reasons/0/source/reason_code").textValue())
          .isEqualTo("insufficient_funds");
      return;
    }
    assertThat(transfer.get("status").textValue()).as(reply.text()).isEqualTo("completed");
    if (source != null) {
      source.balance -= cents;
    }
    if (destination != null) {
      destination.balance += cents;
    }
  }

  private void duplicate() {
    String reference = usedReferences.get(random.nextInt(usedReferences.size()));
    Reply reply = client.post(TRANSFERS, body(reference, 1, null, any().reference));
    expect(reply, 400, "duplicate_book_transfer_reference_id");
  }

  private void refusal() {
    String fresh = UUID.randomUUID().toString();
    switch (random.nextInt(6)) {
      case 0 ->
          expect(
              client.post(TRANSFERS, body(fresh, 1, null, fresh)),
              404,
              "unknown_subledger_reference_id");
      case 1 ->
          expect(
              client.post(TRANSFERS, body(fresh, 1, null, null)),
              400,
              "missing_source_and_destination");
      case 2 ->
          expect(
              client.post(TRANSFERS, body(fresh, badAmount(), null, any().reference)),
              400,
              "invalid_amount");
      case 3 ->
          expect(
              client.without("Orum-Version").post(TRANSFERS, body(fresh, 1, null, fresh)),
              400,
              "version_missing");
      case 4 -> expect(client.post(TRANSFERS, "{\"amount\":"), 400, "bad_request");
      default ->
          expect(
              client.without("Authorization").post(TRANSFERS, body(fresh, 1, null, fresh)),
              401,
              "unauthorized");
    }
  }

  private String badAmount() {
    String[] bad = {"0", "-5", "1.5", "\"1\"", "true", "99999999999999999999"};
    return bad[random.nextInt(bad.length)];
  }

  private static void expect(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.json().get("error_code").textValue()).isEqualTo(code);
  }

  @Override
  public void finish() {
    for (Subledger subledger : subledgers) {
      JsonNode balance = client.get("/deliver/balance/subledgers/" + subledger.id).json();
      assertThat(balance.at("/balance/available").longValue()).isEqualTo(subledger.balance);
    }
  }
}
