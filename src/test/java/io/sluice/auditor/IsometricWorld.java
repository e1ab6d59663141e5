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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Three organisations of one worker, and a supplier whose batches move between them, are delivered
 * under orders, are retired by name and from the oldest, and split.
 */
final class IsometricWorld implements World {
  private static final String TRANSFERS = "/registry/v0/transfers";
  private static final String DELIVERIES = "/registry/v0/deliveries";
  private static final String RETIREMENTS = "/registry/v0/retirements";
  private static final String OLDEST = RETIREMENTS + "/from_oldest_credits";

  private final Random random;
  private final TestingGateway gateway;
  private final TenantId tenant;
  private final String secret;
  private final Past past;
  private final List<Organisation> organisations = new ArrayList<>();
  private final String supplier;
  private final String project;
  private final Map<String, Batch> batches = new LinkedHashMap<>();

  private long nextSerial;
  private String order = "";
  private long open;

  private record Organisation(String id, TestClient client) {}

  private static final class Batch {
    final String id;
    final long size;
    final long serial;
    Organisation owner;
    String status = "active";

    Batch(String id, long size, long serial, Organisation owner) {
      this.id = id;
      this.size = size;
      this.serial = serial;
      this.owner = owner;
    }

    boolean isActive() {
      return status.equals("active");
    }
  }

  private record Part(Batch batch, long kilograms) {}

  IsometricWorld(TestingGateway gateway, TenantId tenant, Random random) {
    this.random = random;
    this.gateway = gateway;
    this.tenant = tenant;
    this.past = new Past(random);
    this.secret = gateway.secret("client-secret", tenant, UUID.randomUUID().toString());
    for (int i = 0; i < 3; i++) {
      organisations.add(organisation());
    }
    String owner =
        "{\"organisation_id\":\"%s\",\"code\":\"%s\"}"
            .formatted(organisations.getFirst().id(), newCode());
    supplier = administer("/suppliers", owner).get("id").textValue();
    project =
        administer(
                "/projects",
                """
                {"supplier_id":"%s","name":"Rocks","short_code":"%s","country_code":"GBR",\
                "pathway":"enhanced_weathering"}\
                """
                    .formatted(supplier, newCode()))
            .get("id")
            .textValue();
  }

  private static String newCode() {
    return UUID.randomUUID().toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
  }

  private Organisation organisation() {
    JsonNode json =
        administer(
            "/organisations",
            "{\"name\":\"O %s\",\"domain\":\"o.example\"}".formatted(UUID.randomUUID()));
    UUID holder = UUID.fromString(json.get("holder_id").textValue());
    Instant expiry = Instant.now().plus(Duration.ofHours(1));
    String token = gateway.token(tenant, "isometric", holder, Set.of(), expiry);
    TestClient client =
        gateway.client().with("X-Client-Secret", secret).with("Authorization", "Bearer " + token);
    return new Organisation(json.get("id").textValue(), client);
  }

  private JsonNode administer(String path, String body) {
    Reply reply =
        gateway.administer(
            "isometric", "POST", "/admin/tenants/" + tenant.value() + "/isometric" + path, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  @Override
  public void step() {
    if (batches.values().stream().filter(Batch::isActive).count() < 4) {
      issue();
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 40) {
      transfer();
    } else if (dice < 48) {
      retire();
    } else if (dice < 52) {
      retireOldest();
    } else if (dice < 60) {
      deliver();
    } else if (dice < 72 && !past.isEmpty()) {
      past.replayOne();
    } else if (dice < 80 && !past.isEmpty()) {
      conflict();
    } else {
      refusal();
    }
  }

  private void issue() {
    long size = 100 + random.nextInt(10_000);
    String body =
        """
        {"reference":"%s","project_id":"%s","credit_batches":[\
        {"credit_quantity_kg":%d,"sequestered_on":"2024-03-01"}]}\
        """
            .formatted(UUID.randomUUID(), project, size);
    String id = administer("/issuances", body).at("/credit_batches/0/id").textValue();
    batches.put(id, new Batch(id, size, nextSerial, organisations.getFirst()));
    nextSerial += size;
  }

  private Batch anyBatch() {
    return new ArrayList<>(batches.values()).get(random.nextInt(batches.size()));
  }

  private Organisation other(Organisation than) {
    int place = organisations.indexOf(than);
    return organisations.get((place + 1 + random.nextInt(2)) % 3);
  }

  private String body(Organisation from, Organisation to, List<Part> parts) {
    return """
    {"credit_batch_quantities":[%s],"from_organisation_id":"%s","to_organisation_id":"%s",\
    "supplier_id":"%s","notes":null}\
    """
        .formatted(lines(parts), from.id(), to.id(), supplier);
  }

  private static String lines(List<Part> parts) {
    var lines = new StringBuilder();
    for (Part part : parts) {
      lines
          .append(lines.isEmpty() ? "" : ",")
          .append(
              "{\"credit_batch_id\":\"%s\",\"credit_quantity_kg\":%d}"
                  .formatted(part.batch().id, part.kilograms()));
    }
    return lines.toString();
  }

  private String retirement(Organisation owner, String what) {
    return """
    {"owner_organisation_id":"%1$s","beneficiary_organisation_id":"%1$s","supplier_id":"%2$s",\
    "retirement_purposes":["other"],"notes":null,%3$s}\
    """
        .formatted(owner.id(), supplier, what);
  }

  private static boolean canUse(Organisation owner, List<Part> parts) {
    return parts.stream()
        .allMatch(
            p ->
                p.batch().owner == owner
                    && p.batch().isActive()
                    && p.kilograms() <= p.batch().size);
  }

  private static long total(List<Part> parts) {
    return parts.stream().mapToLong(Part::kilograms).sum();
  }

  private void retire() {
    Organisation owner = organisations.get(random.nextInt(3));
    List<Part> parts = parts();
    String body = retirement(owner, "\"credit_batch_quantities\":[" + lines(parts) + "]");
    Reply reply = owner.client().post(RETIREMENTS, body);
    answered(reply, canUse(owner, parts), parts);
    if (reply.status() == 200) {
      parts.forEach(part -> use(part, owner, "retired"));
    }
  }

  /** The oldest are those with the lowest serial numbers, as there is one project. */
  private void retireOldest() {
    Organisation owner = organisations.get(random.nextInt(3));
    long kilograms = 1 + random.nextInt(5_000);
    Reply reply =
        owner.client().post(OLDEST, retirement(owner, "\"credit_quantity_kg\":" + kilograms));
    List<Part> parts = oldest(owner, kilograms);
    answered(reply, total(parts) == kilograms, parts);
    if (reply.status() == 200) {
      parts.forEach(part -> use(part, owner, "retired"));
    }
  }

  private List<Part> oldest(Organisation owner, long kilograms) {
    var parts = new ArrayList<Part>();
    long open = kilograms;
    for (Batch batch :
        batches.values().stream()
            .filter(b -> b.isActive() && b.owner == owner)
            .sorted(Comparator.comparingLong(b -> b.serial))
            .toList()) {
      long part = Math.min(open, batch.size);
      if (part > 0) {
        parts.add(new Part(batch, part));
      }
      open -= part;
    }
    return parts;
  }

  /** From the supplier's organisation to the second one, under an order that is soon completed. */
  private void deliver() {
    Organisation seller = organisations.getFirst();
    Organisation buyer = organisations.get(1);
    if (open == 0) {
      open = 1 + random.nextInt(20_000);
      order = newOrder(buyer, open);
    }
    List<Part> parts = parts();
    String body =
        "{\"credit_batch_quantities\":[%s],\"order_id\":\"%s\",\"notes\":null}"
            .formatted(lines(parts), order);
    Reply reply = seller.client().post(DELIVERIES, body);
    answered(reply, total(parts) <= open && canUse(seller, parts), parts);
    if (reply.status() == 200) {
      open -= total(parts);
      parts.forEach(part -> use(part, buyer, "active"));
    }
    JsonNode shown = buyer.client().get("/registry/v0/orders/" + order).json();
    long ordered = shown.at("/credits_ordered/credit_kgs").longValue();
    assertThat(shown.at("/credits_delivered/credit_kgs").longValue()).isEqualTo(ordered - open);
  }

  private String newOrder(Organisation buyer, long kilograms) {
    String body =
        """
        {"reference":"%s","buyer_organisation_id":"%s","supplier_id":"%s",\
        "credit_quantity_kg":%d,"effective_contract_date":"2025-01-31"}\
        """
            .formatted(UUID.randomUUID(), buyer.id(), supplier, kilograms);
    return administer("/orders", body).get("id").textValue();
  }

  private static void answered(Reply reply, boolean allowed, List<Part> parts) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(allowed ? 200 : 400);
    if (allowed) {
      assertThat(reply.json().at("/credit_batch_size_total/credit_kgs").longValue())
          .isEqualTo(total(parts));
    }
  }

  private void transfer() {
    Organisation from = organisations.get(random.nextInt(3));
    Organisation to = other(from);
    List<Part> parts = parts();
    TestClient client = from.client().with("Idempotency-Key", UUID.randomUUID().toString());
    String body = body(from, to, parts);
    Reply reply = client.post(TRANSFERS, body);
    answered(reply, canUse(from, parts), parts);
    if (reply.status() != 200) {
      return;
    }
    parts.forEach(part -> use(part, to, "active"));
    past.remember(client, TRANSFERS, body, reply);
  }

  private List<Part> parts() {
    var parts = new LinkedHashMap<String, Part>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Batch batch = anyBatch();
      long kilograms =
          random.nextInt(3) == 0 ? batch.size : 1 + random.nextInt((int) batch.size + 5);
      parts.put(batch.id, new Part(batch, kilograms));
    }
    return List.copyOf(parts.values());
  }

  /** What is used of a batch comes to somebody, or stays with its owner and is of no more use. */
  private void use(Part part, Organisation to, String status) {
    Batch batch = part.batch();
    if (part.kilograms() == batch.size) {
      batch.owner = to;
      batch.status = status;
      return;
    }
    batch.status = "split";
    JsonNode shown = to.client().get("/registry/v0/credit_batches/" + batch.id).json();
    assertThat(shown.get("status").textValue()).isEqualTo("split");
    String left = shown.get("left_child_id").textValue();
    String right = shown.get("right_child_id").textValue();
    var used = new Batch(left, part.kilograms(), batch.serial, to);
    used.status = status;
    batches.put(left, used);
    long rest = batch.size - part.kilograms();
    batches.put(right, new Batch(right, rest, batch.serial + part.kilograms(), batch.owner));
  }

  private void conflict() {
    Past.Request request = past.any();
    String changed = request.body().replace("\"notes\":null", "\"notes\":\"another\"");
    Reply reply = request.client().post(TRANSFERS, changed);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
  }

  private void refusal() {
    Organisation from = organisations.getFirst();
    Organisation to = organisations.get(1);
    Batch batch = anyBatch();
    var part = new Part(batch, 1);
    switch (random.nextInt(6)) {
      case 0 -> expect(from, body(to, from, List.of(part)), 403);
      case 1 -> expect(from, body(from, from, List.of(part)), 400);
      case 2 -> expect(from, body(from, to, List.of(part, part)), 400);
      case 3 -> expect(from, body(from, to, List.of()), 400);
      case 4 -> expect(from, body(from, to, List.of(new Part(batch, 0))), 422);
      default -> {
        Reply reply = from.client().without("X-Client-Secret").post(TRANSFERS, "{}");
        assertThat(reply.status()).isEqualTo(401);
      }
    }
  }

  private static void expect(Organisation as, String body, int status) {
    Reply reply = as.client().post(TRANSFERS, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
  }

  @Override
  public void finish() {
    for (Batch batch : batches.values()) {
      JsonNode shown =
          organisations.getFirst().client().get("/registry/v0/credit_batches/" + batch.id).json();
      assertThat(shown.at("/size/credit_kgs").longValue()).isEqualTo(batch.size);
      assertThat(shown.get("status").textValue()).isEqualTo(batch.status);
      assertThat(shown.get("serial_number").textValue())
          .endsWith("-" + batch.serial + "-" + (batch.serial + batch.size));
      if (!batch.status.equals("split")) {
        assertThat(shown.at("/owner/id").textValue()).isEqualTo(batch.owner.id());
      }
    }
  }
}
