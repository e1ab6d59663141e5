package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Subledgers of one worker; the enterprise, which never runs dry, is shared with other workers. */
final class OrumWorld implements World {
  private static final String BUSINESSES = "/deliver/businesses";
  private static final String TRANSFERS = "/deliver/booktransfers";
  private static final Set<String> SCOPES =
      Set.of(
          "write:booktransfers",
          "read:booktransfers",
          "write:subledgers",
          "read:subledgers",
          "read:balances",
          "write:businesses",
          "read:businesses");

  private final Random random;
  private final TestClient client;
  private final List<Subledger> subledgers = new ArrayList<>();
  private final List<String> usedReferences = new ArrayList<>();

  private final Owner owner;

  private static final class Subledger {
    final String id;
    final String reference;

    /** Whether it is the owner's, and not the enterprise's own. */
    final boolean owned;

    long balance;

    Subledger(String id, String reference, boolean owned) {
      this.id = id;
      this.reference = reference;
      this.owned = owned;
    }
  }

  /** A business that is verified, rejected for a while, and closed in the end. */
  private static final class Owner {
    final String id;
    final String reference;
    String status = "created";

    Owner(String id, String reference) {
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
    owner = owner();
    for (int i = 0; i < 4; i++) {
      String reference = UUID.randomUUID().toString();
      boolean owned = i % 2 == 0;
      Reply reply = client.post("/deliver/subledgers", subledger(reference, owned));
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      subledgers.add(new Subledger(reply.json().at("/subledger/id").textValue(), reference, owned));
    }
  }

  private Owner owner() {
    String reference = UUID.randomUUID().toString();
    Reply reply =
        client.post(
            BUSINESSES,
            "{\"customer_reference_id\":\"%s\",\"legal_name\":\"Acme\"}".formatted(reference));
    assertThat(reply.json().at("/business/status").textValue()).isEqualTo("created");
    var made = new Owner(reply.json().at("/business/id").textValue(), reference);
    await(made, "verified");
    return made;
  }

  private void await(Owner changed, String status) {
    changed.status = status;
    Waiting.until(
        () ->
            client
                .get(BUSINESSES + "/" + changed.id)
                .json()
                .at("/business/status")
                .textValue()
                .equals(status));
  }

  private String subledger(String reference, boolean owned) {
    return "{\"subledger_reference_id\":\"%s\",\"customer_reference_id\":\"%s\"}"
        .formatted(reference, owned ? owner.reference : "e");
  }

  @Override
  public void step() {
    int dice = random.nextInt(100);
    if (dice < 75) {
      transfer();
    } else if (dice < 85 && !usedReferences.isEmpty()) {
      duplicate();
    } else if (dice < 87) {
      changeOwner();
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
    Optional<String> failure = failure(source, destination, cents);
    if (failure.isPresent()) {
      assertThat(transfer.get("status").textValue()).as(reply.text()).isEqualTo("failed");
      assertThat(transfer.get("status_reasons").toString())
          .contains(failure.get().split(" ")[0], failure.get().split(" ")[1]);
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

  /** The side and the reason of a book transfer that fails. */
  private Optional<String> failure(Subledger source, Subledger destination, long cents) {
    if (is(source, "rejected")) {
      return Optional.of("source account_not_verified");
    }
    if (is(source, "closed") && destination != null) {
      return Optional.of("source closed_account");
    }
    if (is(destination, "rejected")) {
      return Optional.of("destination account_not_verified");
    }
    if (is(destination, "closed")) {
      return Optional.of("destination closed_account");
    }
    return source != null && cents > source.balance
        ? Optional.of("source insufficient_funds")
        : Optional.empty();
  }

  private boolean is(Subledger side, String status) {
    return side != null && side.owned && owner.status.equals(status);
  }

  /** Rejected and verified again; now and then closed, which is for good. */
  private void changeOwner() {
    String path = BUSINESSES + "/" + owner.id;
    if (random.nextInt(20) == 0) {
      Reply reply = client.send("DELETE", path, new byte[0]);
      assertThat(reply.json().at("/business/status").textValue()).isEqualTo("closed");
      owner.status = "closed";
      return;
    }
    boolean rejected = owner.status.equals("verified");
    String name = rejected ? "Rejected Business" : "Acme";
    Reply reply = client.send("PATCH", path, "{\"legal_name\":\"" + name + "\"}");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    if (!owner.status.equals("closed")) {
      await(owner, rejected ? "rejected" : "verified");
    }
  }

  private void duplicate() {
    String reference = usedReferences.get(random.nextInt(usedReferences.size()));
    Reply reply = client.post(TRANSFERS, body(reference, 1, null, any().reference));
    expect(reply, 400, "duplicate_book_transfer_reference_id");
  }

  private void refusal() {
    String fresh = UUID.randomUUID().toString();
    switch (random.nextInt(7)) {
      case 6 -> newSubledger(fresh);
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

  private void newSubledger(String fresh) {
    Reply reply = client.post("/deliver/subledgers", subledger(fresh, true));
    if (owner.status.equals("verified")) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    } else {
      expect(reply, 400, "invalid_customer_reference_id");
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
