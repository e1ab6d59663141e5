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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Three organisations of one worker, a buffer pool, and a supplier whose batches move between them,
 * are delivered under orders, come back from the pool, are retired by name and from the oldest, and
 * split. Each answer is foretold, refusals to the letter.
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
  private final Operator operator;
  private final List<Organisation> organisations = new ArrayList<>();
  private final String supplier;
  private final String project;
  private final Map<String, Batch> batches = new LinkedHashMap<>();

  private long nextSerial;
  private String order = "";
  private long ordered;
  private long open;
  private long pooled;

  /** The pool of the tenant; its batches here are of this world's own project. */
  private final Organisation pool;

  private record Organisation(String id, TestClient client) {}

  private static final class Batch {
    final String id;
    final long size;
    final long serial;
    final Origin origin;
    Organisation owner;
    String status = "active";
    String order = "";

    Batch(String id, long size, long serial, Origin origin, Organisation owner) {
      this.id = id;
      this.size = size;
      this.serial = serial;
      this.origin = origin;
      this.owner = owner;
    }

    boolean isActive() {
      return status.equals("active");
    }
  }

  /** When a batch was issued and produced, as the registry writes it. */
  private record Origin(String issuedAt, String sequesteredOn) {
    int vintage() {
      return Integer.parseInt(sequesteredOn.substring(0, 4));
    }
  }

  /** What is done with batches, in the words of a refusal. */
  private enum Deed {
    TRANSFER("sending", "transferred"),
    DELIVERY("delivering", "delivered"),
    RETIREMENT("retiring", "retired"),
    REFUND("refunding", "refunded");

    final String doer;
    final String done;

    Deed(String doer, String done) {
      this.doer = doer;
      this.done = done;
    }
  }

  private record Part(Batch batch, long kilograms) {}

  /** Batches that were transferred; they go back as they came, or not at all. */
  private record Move(Organisation from, Organisation to, List<Batch> batches)
      implements Operator.Reversible {
    @Override
    public Optional<Operator.Refusal> refusal() {
      return Operator.Refusal.VALUE_GONE.when(
          !batches.stream().allMatch(batch -> batch.owner == to && batch.isActive()));
    }

    @Override
    public void takeBack() {
      batches.forEach(batch -> batch.owner = from);
    }
  }

  IsometricWorld(TestingGateway gateway, TenantId tenant, Random random) {
    this.random = random;
    this.gateway = gateway;
    this.tenant = tenant;
    this.past = new Past(random);
    this.operator = new Operator(gateway, tenant, random);
    this.secret = gateway.secret("client-secret", tenant, UUID.randomUUID().toString());
    for (int i = 0; i < 3; i++) {
      organisations.add(organisation());
    }
    String named = "{\"name\":\"Pool\"}";
    pool =
        new Organisation(
            ask("PUT", "/buffer_pool", named).json().get("id").textValue(), gateway.client());
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
    Reply reply = ask("POST", path, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  private Reply ask(String method, String path, String body) {
    return gateway.administer(
        "isometric", method, "/admin/tenants/" + tenant.value() + "/isometric" + path, body);
  }

  @Override
  public void step() {
    if (batches.values().stream().filter(Batch::isActive).count() < 4) {
      issue();
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 33) {
      transfer();
    } else if (dice < 38) {
      operator.reverse();
    } else if (dice < 43) {
      retire();
    } else if (dice < 47) {
      retireOldest();
    } else if (dice < 55) {
      deliver();
    } else if (dice < 60) {
      refund();
    } else if (dice < 72 && !past.isEmpty()) {
      past.replayOne();
    } else if (dice < 80 && !past.isEmpty()) {
      conflict();
    } else {
      refusal();
    }
  }

  /** To the supplier's organisation, half of the time with a share for the pool. */
  private void issue() {
    long size = 100 + random.nextInt(10_000);
    long share = random.nextBoolean() ? 0 : 1 + random.nextInt(1_000);
    String day = random.nextBoolean() ? "2024-03-01" : "2025-03-01";
    JsonNode issued =
        administer(
            "/issuances",
            """
            {"reference":"%s","project_id":"%s","credit_batches":[\
            {"credit_quantity_kg":%d,"buffer_kg":%d,"sequestered_on":"%s"}]}\
            """
                .formatted(UUID.randomUUID(), project, size, share, day));
    var origin = new Origin(issued.get("issued_at").textValue(), day);
    issued(issued.at("/credit_batches/0/id"), size, origin, organisations.getFirst());
    if (share > 0) {
      issued(issued.at("/buffer_pool_credit_batches/0/id"), share, origin, pool);
      pooled += share;
    }
  }

  private void issued(JsonNode id, long size, Origin origin, Organisation owner) {
    String text = id.textValue();
    batches.put(text, new Batch(text, size, nextSerial, origin, owner));
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

  /** Why so much of these batches cannot be used by somebody, in the registry's words. */
  private static Optional<String> refusal(Deed deed, Organisation owner, List<Part> parts) {
    for (Part part : parts) {
      Batch batch = part.batch();
      String which = "Credit batch '" + batch.id + "' ";
      if (batch.owner != owner) {
        return Optional.of(which + "is not owned by the " + deed.doer + " organisation");
      }
      if (!batch.isActive()) {
        return Optional.of(which + "is " + batch.status + " and can no longer be " + deed.done);
      }
      if (part.kilograms() > batch.size) {
        return Optional.of(
            which
                + "holds %d kg, less than the %d kg asked for"
                    .formatted(batch.size, part.kilograms()));
      }
    }
    return Optional.empty();
  }

  private static long total(List<Part> parts) {
    return parts.stream().mapToLong(Part::kilograms).sum();
  }

  /** Its own, or as the administrator does on behalf of the pool. */
  private void retire() {
    boolean pooled = random.nextInt(5) == 0;
    Organisation owner = pooled ? pool : organisations.get(random.nextInt(3));
    List<Part> parts = parts();
    String what = "\"credit_batch_quantities\":[" + lines(parts) + "]";
    Optional<String> refusal = refusal(Deed.RETIREMENT, owner, parts);
    Reply reply;
    if (pooled) {
      String reference = ",\"reference\":\"" + UUID.randomUUID() + "\"";
      reply = ask("POST", "/retirements", retirement(owner, what + reference));
      answered(reply, refusal, parts);
    } else {
      reply = send(owner, RETIREMENTS, retirement(owner, what), refusal, parts);
    }
    if (refusal.isEmpty()) {
      operator.rememberForEver(id(reply));
      parts.forEach(part -> use(part, owner, "retired"));
    }
  }

  /** Of one vintage or what came under the latest order, at times. */
  private void retireOldest() {
    Organisation owner = organisations.get(random.nextInt(3));
    long kilograms = 1 + random.nextInt(5_000);
    Optional<Integer> vintage =
        random.nextInt(3) == 0 ? Optional.of(2024 + random.nextInt(2)) : Optional.empty();
    Optional<String> under =
        random.nextInt(4) == 0 && !order.isEmpty() ? Optional.of(order) : Optional.empty();
    List<Part> parts = oldest(owner, kilograms, vintage, under);
    Optional<String> refusal = Optional.empty();
    if (under.isPresent() && owner == organisations.getLast()) {
      refusal = Optional.of("Could not find 'Order' with IDs '" + order + "'");
    } else if (total(parts) < kilograms) {
      refusal =
          Optional.of(
              "Only %d kg can be retired, less than the %d kg asked for"
                  .formatted(total(parts), kilograms));
    }
    String what =
        "\"credit_quantity_kg\":%d%s%s"
            .formatted(
                kilograms,
                vintage.map(year -> ",\"vintage\":" + year).orElse(""),
                under.map(id -> ",\"order_id\":\"" + id + "\"").orElse(""));
    Reply reply = send(owner, OLDEST, retirement(owner, what), refusal, parts);
    if (refusal.isEmpty()) {
      operator.rememberForEver(id(reply));
      parts.forEach(part -> use(part, owner, "retired"));
    }
  }

  private List<Part> oldest(
      Organisation owner, long kilograms, Optional<Integer> vintage, Optional<String> under) {
    var parts = new ArrayList<Part>();
    long open = kilograms;
    for (Batch batch :
        batches.values().stream()
            .filter(b -> b.isActive() && b.owner == owner)
            .filter(b -> vintage.isEmpty() || vintage.get() == b.origin.vintage())
            .filter(b -> under.isEmpty() || under.get().equals(b.order))
            .sorted(
                Comparator.comparing((Batch b) -> b.origin.issuedAt())
                    .thenComparing(b -> b.origin.sequesteredOn())
                    .thenComparing(b -> b.serial))
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
    if (open == 0 && (order.isEmpty() || random.nextInt(3) > 0)) {
      open = 1 + random.nextInt(20_000);
      ordered = open;
      order = newOrder(buyer, open);
    }
    List<Part> parts = parts();
    String body =
        "{\"credit_batch_quantities\":[%s],\"order_id\":\"%s\",\"notes\":null}"
            .formatted(lines(parts), order);
    Optional<String> refusal =
        shortOfOrder(total(parts)).or(() -> refusal(Deed.DELIVERY, seller, parts));
    Reply reply = send(seller, DELIVERIES, body, refusal, parts);
    if (refusal.isEmpty()) {
      operator.rememberForEver(id(reply));
      open -= total(parts);
      parts.forEach(part -> use(part, buyer, "active").order = order);
    }
    JsonNode shown = buyer.client().get("/registry/v0/orders/" + order).json();
    assertThat(shown.at("/credits_delivered/credit_kgs").longValue()).isEqualTo(ordered - open);
  }

  private Optional<String> shortOfOrder(long wanted) {
    if (wanted <= open) {
      return Optional.empty();
    }
    return Optional.of(
        open == 0
            ? "Order '" + order + "' is completed and takes no more deliveries"
            : "Order '%s' has %d kg left to deliver, less than the %d kg asked for"
                .formatted(order, open, wanted));
  }

  /** From the pool, once for a reference. */
  private void refund() {
    Organisation to = organisations.get(random.nextInt(3));
    List<Part> parts = parts();
    String body =
        "{\"reference\":\"%s\",\"to_organisation_id\":\"%s\",\"notes\":\"\",\"credit_batch_quantities\":[%s]}"
            .formatted(UUID.randomUUID(), to.id(), lines(parts));
    Optional<String> refusal = refusal(Deed.REFUND, pool, parts);
    Reply reply = ask("POST", "/refunds", body);
    answered(reply, refusal, parts);
    if (refusal.isEmpty()) {
      assertThat(ask("POST", "/refunds", body).json()).isEqualTo(reply.json());
      operator.rememberForEver(id(reply));
      parts.forEach(part -> use(part, to, "active"));
    }
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

  /** Sends it with a key, to be sent again. */
  private Reply send(
      Organisation as, String path, String body, Optional<String> refusal, List<Part> parts) {
    TestClient client = as.client().with("Idempotency-Key", UUID.randomUUID().toString());
    Reply reply = client.post(path, body);
    answered(reply, refusal, parts);
    if (refusal.isEmpty()) {
      past.remember(client, path, body, reply);
    }
    return reply;
  }

  private static String id(Reply reply) {
    return reply.json().get("id").textValue();
  }

  private static void answered(Reply reply, Optional<String> refusal, List<Part> parts) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(refusal.isEmpty() ? 200 : 400);
    if (refusal.isPresent()) {
      assertThat(reply.json().get("detail").textValue()).isEqualTo(refusal.get());
    } else {
      assertThat(reply.json().at("/credit_batch_size_total/credit_kgs").longValue())
          .isEqualTo(total(parts));
    }
  }

  private void transfer() {
    Organisation from = organisations.get(random.nextInt(3));
    Organisation to = other(from);
    List<Part> parts = parts();
    Optional<String> refusal = refusal(Deed.TRANSFER, from, parts);
    Reply reply = send(from, TRANSFERS, body(from, to, parts), refusal, parts);
    if (refusal.isEmpty()) {
      List<Batch> moved = parts.stream().map(part -> use(part, to, "active")).toList();
      operator.remember(id(reply), new Move(from, to, moved));
    }
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

  /**
   * What is used of a batch comes to somebody, or stays with its owner and is of no more use.
   *
   * @return what is used
   */
  private Batch use(Part part, Organisation to, String status) {
    Batch batch = part.batch();
    if (part.kilograms() == batch.size) {
      batch.owner = to;
      batch.status = status;
      return batch;
    }
    batch.status = "split";
    JsonNode shown =
        organisations.getFirst().client().get("/registry/v0/credit_batches/" + batch.id).json();
    assertThat(shown.get("status").textValue()).isEqualTo("split");
    Batch used = child(batch, shown.get("left_child_id"), part.kilograms(), 0);
    child(batch, shown.get("right_child_id"), batch.size - part.kilograms(), part.kilograms());
    used.owner = to;
    used.status = status;
    return used;
  }

  private Batch child(Batch of, JsonNode id, long size, long before) {
    var child = new Batch(id.textValue(), size, of.serial + before, of.origin, of.owner);
    child.order = of.order;
    batches.put(child.id, child);
    return child;
  }

  private void conflict() {
    Past.Request request = past.any();
    String changed = request.body().replace("\"notes\":null", "\"notes\":\"another\"");
    Reply reply = request.client().post(request.path(), changed);
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
    JsonNode shown =
        organisations.getFirst().client().get("/registry/v0/projects/" + project).json();
    assertThat(total(shown, "issued_credits_total")).isEqualTo(nextSerial);
    assertThat(total(shown, "issued_buffer_pool_credits_total")).isEqualTo(pooled);
    assertThat(total(shown, "retired_credits_total")).isEqualTo(retired(owners()));
    assertThat(total(shown, "retired_buffer_pool_credits_total")).isEqualTo(retired(List.of(pool)));
  }

  private List<Organisation> owners() {
    var owners = new ArrayList<>(organisations);
    owners.add(pool);
    return owners;
  }

  private long retired(List<Organisation> owners) {
    return batches.values().stream()
        .filter(batch -> batch.status.equals("retired") && owners.contains(batch.owner))
        .mapToLong(batch -> batch.size)
        .sum();
  }

  private static long total(JsonNode project, String name) {
    return project.at("/" + name + "/credit_kgs").longValue();
  }
}
