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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Three organisations of one worker, and a supplier whose batches move between them and split. */
final class IsometricWorld implements World {
  private static final String TRANSFERS = "/registry/v0/transfers";

  private final Random random;
  private final TestingGateway gateway;
  private final TenantId tenant;
  private final String secret;
  private final Past past;
  private final List<Organisation> organisations = new ArrayList<>();
  private final String supplier;
  private final String project;
  private final Map<String, Batch> batches = new LinkedHashMap<>();

  private record Organisation(String id, TestClient client) {}

  private static final class Batch {
    final String id;
    final long size;
    Organisation owner;
    boolean split;

    Batch(String id, long size, Organisation owner) {
      this.id = id;
      this.size = size;
      this.owner = owner;
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
    if (batches.values().stream().filter(b -> !b.split).count() < 4) {
      issue();
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 60) {
      transfer();
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
    batches.put(id, new Batch(id, size, organisations.getFirst()));
  }

  private Batch anyBatch() {
    return new ArrayList<>(batches.values()).get(random.nextInt(batches.size()));
  }

  private Organisation other(Organisation than) {
    int place = organisations.indexOf(than);
    return organisations.get((place + 1 + random.nextInt(2)) % 3);
  }

  private String body(Organisation from, Organisation to, List<Part> parts) {
    var lines = new StringBuilder();
    for (Part part : parts) {
      lines
          .append(lines.isEmpty() ? "" : ",")
          .append(
              "{\"credit_batch_id\":\"%s\",\"credit_quantity_kg\":%d}"
                  .formatted(part.batch().id, part.kilograms()));
    }
    return """
    {"credit_batch_quantities":[%s],"from_organisation_id":"%s","to_organisation_id":"%s",\
    "supplier_id":"%s","notes":null}\
    """
        .formatted(lines, from.id(), to.id(), supplier);
  }

  private void transfer() {
    Organisation from = organisations.get(random.nextInt(3));
    Organisation to = other(from);
    List<Part> parts = parts();
    TestClient client = from.client().with("Idempotency-Key", UUID.randomUUID().toString());
    String body = body(from, to, parts);
    Reply reply = client.post(TRANSFERS, body);
    boolean allowed =
        parts.stream()
            .allMatch(
                p ->
                    p.batch().owner == from && !p.batch().split && p.kilograms() <= p.batch().size);
    if (!allowed) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    long total = parts.stream().mapToLong(Part::kilograms).sum();
    assertThat(reply.json().at("/credit_batch_size_total/credit_kgs").longValue()).isEqualTo(total);
    parts.forEach(part -> move(part, from, to));
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

  private void move(Part part, Organisation from, Organisation to) {
    Batch batch = part.batch();
    if (part.kilograms() == batch.size) {
      batch.owner = to;
      return;
    }
    batch.split = true;
    JsonNode shown = from.client().get("/registry/v0/credit_batches/" + batch.id).json();
    assertThat(shown.get("status").textValue()).isEqualTo("split");
    String left = shown.get("left_child_id").textValue();
    String right = shown.get("right_child_id").textValue();
    batches.put(left, new Batch(left, part.kilograms(), to));
    batches.put(right, new Batch(right, batch.size - part.kilograms(), from));
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
      assertThat(shown.get("status").textValue()).isEqualTo(batch.split ? "split" : "active");
      if (!batch.split) {
        assertThat(shown.at("/owner/id").textValue()).isEqualTo(batch.owner.id());
      }
    }
  }
}
