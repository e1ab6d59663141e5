package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.auditor.OrumOwners.Kind;
import io.sluice.auditor.OrumOwners.Owner;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
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
  private static final String TRANSFERS = "/deliver/booktransfers";
  private static final Set<String> SCOPES =
      Set.of(
          "write:booktransfers",
          "read:booktransfers",
          "write:subledgers",
          "read:subledgers",
          "read:balances",
          "write:persons",
          "read:persons",
          "write:businesses",
          "read:businesses");

  private final TestingGateway gateway;
  private final TenantId tenant;
  private final Random random;
  private final TestClient client;
  private final OrumOwners owners;
  private final List<Subledger> subledgers = new ArrayList<>();
  private final List<String> usedReferences = new ArrayList<>();
  private final Operator operator;

  /** The enterprise, which is no subledger, is never closed and never runs dry. */
  private record Move(Optional<Subledger> from, Optional<Subledger> to, long cents)
      implements Operator.Reversible {
    @Override
    public Optional<Operator.Refusal> refusal() {
      return Operator.Refusal.NOT_REVERSIBLE
          .when(from.filter(Subledger::isClosed).isPresent())
          .or(
              () ->
                  Operator.Refusal.VALUE_GONE.when(
                      to.filter(one -> one.balance < cents).isPresent()));
    }

    void carryOut() {
      move(from, to);
    }

    @Override
    public void takeBack() {
      move(to, from);
    }

    private void move(Optional<Subledger> payer, Optional<Subledger> payee) {
      payer.ifPresent(one -> one.balance -= cents);
      payee.ifPresent(one -> one.balance += cents);
    }
  }

  private static final class Subledger {
    final String id;
    final String reference;

    /** Empty for one of the enterprise's own. */
    final Optional<Owner> owner;

    long balance;

    Subledger(String id, String reference, Optional<Owner> owner) {
      this.id = id;
      this.reference = reference;
      this.owner = owner;
    }

    boolean isClosed() {
      return owner.filter(Owner::isClosed).isPresent();
    }

    boolean isUnfit() {
      return owner.filter(Owner::isUnfit).isPresent();
    }
  }

  /** The tenant's enterprise must exist and be rich. */
  OrumWorld(TestingGateway gateway, TenantId tenant, Random random) {
    this.gateway = gateway;
    this.tenant = tenant;
    this.random = random;
    Instant expiry = Instant.now().plus(Duration.ofHours(1));
    String token = gateway.token(tenant, "orum", UUID.randomUUID(), SCOPES, expiry);
    client =
        gateway
            .client()
            .with("Authorization", "Bearer " + token)
            .with("Orum-Version", "v2022-09-21");
    owners = new OrumOwners(client);
    operator = new Operator(gateway, tenant, random);
    subledgers.add(create(Optional.empty()));
    subledgers.add(create(Optional.empty()));
    for (Kind kind : Kind.values()) {
      subledgers.add(create(Optional.of(owners.create(kind))));
    }
  }

  private Subledger create(Optional<Owner> owner) {
    String reference = UUID.randomUUID().toString();
    Reply reply = client.post("/deliver/subledgers", subledger(reference, owner));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return new Subledger(reply.json().at("/subledger/id").textValue(), reference, owner);
  }

  private static String subledger(String reference, Optional<Owner> owner) {
    return "{\"subledger_reference_id\":\"%s\",\"customer_reference_id\":\"%s\"}"
        .formatted(reference, owner.map(one -> one.reference).orElse("e"));
  }

  @Override
  public void step() {
    int dice = random.nextInt(100);
    if (dice < 69) {
      transfer();
    } else if (dice < 74) {
      operator.reverse();
    } else if (dice < 83 && !usedReferences.isEmpty()) {
      duplicate();
    } else if (dice < 86) {
      changeOwner();
    } else if (dice < 88) {
      holdTotal();
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
      operator.rememberForEver(transfer.get("id").textValue());
      return;
    }
    assertThat(transfer.get("status").textValue()).as(reply.text()).isEqualTo("completed");
    var move = new Move(Optional.ofNullable(source), Optional.ofNullable(destination), cents);
    move.carryOut();
    operator.remember(transfer.get("id").textValue(), move);
  }

  /** The side and the reason of a book transfer that fails. */
  private static Optional<String> failure(Subledger source, Subledger destination, long cents) {
    if (source != null && source.isUnfit()) {
      return Optional.of("source account_not_verified");
    }
    if (source != null && source.isClosed() && destination != null) {
      return Optional.of("source closed_account");
    }
    if (destination != null && destination.isUnfit()) {
      return Optional.of("destination account_not_verified");
    }
    if (destination != null && destination.isClosed()) {
      return Optional.of("destination closed_account");
    }
    return source != null && cents > source.balance
        ? Optional.of("source insufficient_funds")
        : Optional.empty();
  }

  /** Most often verified again; now and then closed, which is for good, so another comes. */
  private void changeOwner() {
    int place = 2 + random.nextInt(subledgers.size() - 2);
    Subledger subledger = subledgers.get(place);
    Owner owner = subledger.owner.orElseThrow();
    int dice = random.nextInt(10);
    if (owner.isClosed() && dice < 3) {
      hold(subledger);
      subledgers.set(place, create(Optional.of(owners.create(owner.kind))));
    } else if (dice < 2) {
      owners.close(owner);
    } else {
      String[] verdicts = {OrumOwners.VERIFIED, "rejected", "restricted"};
      owners.rename(owner, dice < 6 ? OrumOwners.VERIFIED : verdicts[random.nextInt(3)]);
    }
  }

  /** Whatever moves inside, at any moment the whole is what once came in. */
  private void holdTotal() {
    JsonNode balances = client.get("/deliver/balance").json();
    assertThat(balances.at("/total_balance/available").longValue())
        .isEqualTo(AuditorTest.ENTERPRISE_CENTS);
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
    Owner owner = subledgers.getLast().owner.orElseThrow();
    Reply reply = client.post("/deliver/subledgers", subledger(fresh, Optional.of(owner)));
    if (owner.status.equals(OrumOwners.VERIFIED)) {
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

  private void hold(Subledger subledger) {
    JsonNode balance = client.get("/deliver/balance/subledgers/" + subledger.id).json();
    assertThat(balance.at("/balance/available").longValue()).isEqualTo(subledger.balance);
  }

  /** Nobody looks at the whole meanwhile, which is afterwards what it was. */
  @Override
  public void timePassed() {
    Reply funded =
        gateway.administer(
            "orum",
            "POST",
            "/admin/tenants/" + tenant.value() + "/orum/enterprise/funding",
            "{\"amount\":1,\"reference\":\"%s\"}".formatted(UUID.randomUUID()));
    operator.remember(
        funded.json().at("/funding/id").textValue(),
        new Move(Optional.empty(), Optional.empty(), 1));
    operator.reverseLatest();
    // It is the latest now, and stays.
    operator.reverseLatest();
  }

  @Override
  public void finish() {
    subledgers.forEach(this::hold);
    holdTotal();
  }
}
