package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Ask;
import io.sluice.dialect.DialectFixture;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.dialect.isometric.IsometricWorld.Request;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What the shared suite must know of Isometric. */
final class IsometricFixture implements DialectFixture {
  @Override
  public String dialect() {
    return "isometric";
  }

  @Override
  public World newWorld(TestingGateway gateway) {
    return new Registry(gateway);
  }

  @Override
  public void assertErrorShape(Reply reply) {
    assertThat(reply.contentType()).isEqualTo("application/json");
    JsonNode json = reply.json();
    assertThat(json.fieldNames()).toIterable().containsExactly("detail");
    if (reply.status() == 422) {
      assertThat(json.get("detail").isArray()).as(reply.toString()).isTrue();
      assertThat(json.get("detail")).isNotEmpty();
      json.get("detail").forEach(IsometricFixture::assertItem);
    } else {
      assertThat(json.get("detail").textValue()).as(reply.toString()).isNotBlank();
    }
  }

  private static void assertItem(JsonNode item) {
    assertThat(item.fieldNames())
        .toIterable()
        .contains("loc", "msg", "type")
        .isSubsetOf("loc", "msg", "type", "input", "ctx");
    assertThat(item.get("loc").get(0).textValue()).isIn("body", "query", "path", "header");
    assertThat(item.get("msg").textValue()).isNotBlank();
    assertThat(item.get("type").textValue()).matches("[a-z_]+");
  }

  @Override
  public int successStatus() {
    return 200;
  }

  @Override
  public Repeat repeat() {
    return Repeat.SAME_ANSWER;
  }

  @Override
  public void assertConflict(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
    assertThat(reply.json().get("detail").textValue())
        .isEqualTo("This Idempotency-Key was used with a different request");
  }

  @Override
  public boolean amountsAreTexts() {
    return false;
  }

  @Override
  public String unknownPath() {
    return "/registry/v0/nothing";
  }

  /** A registry with many batches, as a batch that moved is the payee's and can pay but once. */
  private static final class Registry implements World {
    private static final String RETIREMENTS = "/registry/v0/retirements";
    private static final int BATCHES = 400;
    private static final long BATCH_KG = 1_000;
    private static final long UNIT_KG = 600;

    private final IsometricWorld world;
    private final List<String> batches;
    private final Map<String, String> batchOfKey = new ConcurrentHashMap<>();
    private final AtomicInteger used = new AtomicInteger();
    private final String spare;
    private final String transfer;
    private final String retired;
    private final String order;
    private final String delivered;
    private final String document;
    private final String issuance;
    private final String refund;

    private Registry(TestingGateway gateway) {
      world = new IsometricWorld(gateway);
      long[] sizes = new long[BATCHES];
      Arrays.fill(sizes, BATCH_KG);
      batches = world.issue(sizes);
      spare = batches.getLast();
      Reply reply = world.transfer(world.request().of(batches.get(BATCHES - 2), BATCH_KG));
      transfer = reply.json().get("id").textValue();
      Reply used = client().post(RETIREMENTS, retirement(batches.get(BATCHES - 3)));
      retired = used.json().get("id").textValue();
      order = world.newOrder(1_000_000, "2025-01-31");
      delivered =
          client()
              .post("/registry/v0/deliveries", delivery(batches.get(BATCHES - 4)))
              .json()
              .get("id")
              .textValue();
      JsonNode issued = world.issueBuffered(1, 2);
      issuance = issued.get("id").textValue();
      String pooled = issued.at("/buffer_pool_credit_batches/0/id").textValue();
      refund = world.refund("fixture", pooled, 1).json().get("id").textValue();
      document =
          world
              .administer(
                  "/projects/" + world.project() + "/documents",
                  "{\"display_name\":\"Design\",\"url\":\"https://a.example/d\"}")
              .json()
              .get("id")
              .textValue();
    }

    @Override
    public TenantId tenant() {
      return world.tenant();
    }

    @Override
    public TestClient client() {
      return world.as(world.seller());
    }

    @Override
    public Ask transfer(String key) {
      return transferOf(key, Long.toString(UNIT_KG));
    }

    @Override
    public Ask otherTransfer(String key) {
      return transferOf(key, Long.toString(UNIT_KG + 1));
    }

    @Override
    public Ask transferOf(String key, String json) {
      String batch =
          batchOfKey.computeIfAbsent(
              key,
              k -> {
                int next = used.getAndIncrement();
                assertThat(next).as("batches left for further keys").isLessThan(BATCHES - 4);
                return batches.get(next);
              });
      return ask(world.request().of(batch, json)).withHeader("Idempotency-Key", key);
    }

    private static Ask ask(Request request) {
      return Ask.post(TRANSFERS, request.json());
    }

    @Override
    public BigDecimal unit() {
      return BigDecimal.valueOf(UNIT_KG);
    }

    @Override
    public BigDecimal payerBalance() {
      return balance(world.seller());
    }

    @Override
    public BigDecimal payeeBalance() {
      return balance(world.buyer());
    }

    private BigDecimal balance(Organisation organisation) {
      var holders = world.gateway().services().holders();
      return Await.result(holders.balances(world.tenant(), new HolderId(organisation.holder())))
          .stream()
          .map(account -> new BigDecimal(account.balance().units()))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public Map<String, TestClient> badClients(World other) {
      IsometricWorld stranger = ((Registry) other).world;
      TestClient good = client();
      String expired =
          world
              .gateway()
              .token(
                  world.tenant(),
                  "isometric",
                  world.seller().holder(),
                  Set.of(),
                  Instant.now().minus(Duration.ofMinutes(10)));
      String ofScrip =
          world
              .gateway()
              .token(
                  world.tenant(),
                  "scrip",
                  world.seller().holder(),
                  Set.of(),
                  Instant.now().plus(Duration.ofMinutes(10)));
      return Map.of(
          "missing", good.without("Authorization").without("X-Client-Secret"),
          "missing secret", good.without("X-Client-Secret"),
          "invalid", good.with("Authorization", "Bearer x.y.z"),
          "invalid secret", good.with("X-Client-Secret", "x"),
          "expired", good.with("Authorization", "Bearer " + expired),
          "other dialect", good.with("Authorization", "Bearer " + ofScrip),
          "foreign", good.with("X-Client-Secret", stranger.secret()),
          "foreign token",
              good.with("Authorization", "Bearer " + stranger.token(stranger.seller())));
    }

    @Override
    public List<Ask> everyOperation() {
      String base = "/registry/v0";
      String seller = base + "/organisations/" + world.seller().id();
      return Stream.concat(
              Stream.of(
                  ask(world.request().of(batches.get(used.getAndIncrement()), UNIT_KG)),
                  Ask.post(RETIREMENTS, retirement(batches.get(used.getAndIncrement()))),
                  Ask.post(RETIREMENTS + "/from_oldest_credits", retirement("oldest")),
                  Ask.post(base + "/deliveries", delivery(batches.get(used.getAndIncrement()))),
                  Ask.post(
                      base + "/beneficiary",
                      "{\"beneficiary_name\":\"A\",\"beneficiary_domain\":\"a.example\"}")),
              Stream.of(
                      TRANSFERS,
                      TRANSFERS + "/" + transfer,
                      TRANSFERS + "/" + transfer + "/credit_batches",
                      base + "/deliveries",
                      base + "/deliveries/" + delivered,
                      base + "/deliveries/" + delivered + "/credit_batches",
                      base + "/orders/" + order,
                      base + "/orders/" + order + "/deliveries",
                      seller + "/orders",
                      base + "/supplier",
                      base + "/suppliers/" + world.supplier() + "/orders",
                      base + "/suppliers/" + world.supplier() + "/deliveries",
                      RETIREMENTS,
                      RETIREMENTS + "/" + retired,
                      RETIREMENTS + "/" + retired + "/credit_batches",
                      base + "/beneficiaries",
                      base + "/transferees",
                      base + "/credit_batches/" + spare,
                      base + "/organisation",
                      seller,
                      seller + "/credit_batches",
                      seller + "/credit_balance",
                      base + "/suppliers",
                      base + "/suppliers/" + world.supplier(),
                      base + "/suppliers/" + world.supplier() + "/projects",
                      base + "/suppliers/" + world.supplier() + "/issuances",
                      base + "/projects",
                      base + "/projects/" + world.project(),
                      base + "/projects/" + world.project() + "/documents",
                      base + "/issuances",
                      base + "/issuances/" + issuance,
                      base + "/issuances/" + issuance + "/credit_batches",
                      base + "/refunds/" + refund,
                      base + "/refunds/" + refund + "/credit_batches")
                  .map(Ask::get))
          .toList();
    }

    @Override
    public Lists lists() {
      return PagedLists.of(world.gateway());
    }

    private String delivery(String batch) {
      return """
      {"order_id":"%s","notes":null,
       "credit_batch_quantities":[{"credit_batch_id":"%s","credit_quantity_kg":1}]}
      """
          .formatted(order, batch);
    }

    private String retirement(String batch) {
      String what =
          batch.equals("oldest")
              ? "\"credit_quantity_kg\":1"
              : "\"credit_batch_quantities\":[{\"credit_batch_id\":\"%s\",\"credit_quantity_kg\":1}]"
                  .formatted(batch);
      return """
      {"owner_organisation_id":"%1$s","beneficiary_organisation_id":"%1$s","supplier_id":"%2$s",
       "retirement_purposes":["other"],"notes":null,%3$s}
      """
          .formatted(world.seller().id(), world.supplier(), what);
    }

    @Override
    public List<Ask> mixedWith(World other) {
      Registry stranger = (Registry) other;
      Request own = world.request();
      return List.of(
          ask(own.of(spare, 1).to(stranger.world.buyer().id())),
          ask(own.of(spare, 1).supplier(stranger.world.supplier())),
          ask(own.of(stranger.spare, 1)),
          ask(own.of(spare, 1).of(stranger.spare, 1)),
          ask(own.of(stranger.spare, 1).from(stranger.world.seller().id())),
          Ask.get(TRANSFERS + "/" + stranger.transfer),
          Ask.post(RETIREMENTS, retirement(stranger.spare)),
          Ask.post(RETIREMENTS, stranger.retirement(stranger.spare)),
          Ask.get(RETIREMENTS + "/" + stranger.retired),
          Ask.post("/registry/v0/deliveries", delivery(stranger.spare)),
          Ask.post("/registry/v0/deliveries", stranger.delivery(spare)),
          Ask.get("/registry/v0/orders/" + stranger.order),
          Ask.get("/registry/v0/deliveries/" + stranger.delivered),
          Ask.get("/registry/v0/credit_batches/" + stranger.spare),
          Ask.get("/registry/v0/projects/" + stranger.world.project() + "/documents"),
          Ask.get("/registry/v0/suppliers/" + stranger.world.supplier() + "/projects"),
          Ask.get("/registry/v0/suppliers/" + stranger.world.supplier() + "/issuances"),
          Ask.get("/registry/v0/issuances/" + stranger.issuance),
          Ask.get("/registry/v0/issuances/" + stranger.issuance + "/credit_batches"),
          Ask.get("/registry/v0/refunds/" + stranger.refund),
          Ask.get("/registry/v0/refunds/" + stranger.refund + "/credit_batches"),
          Ask.get("/registry/v0/organisations/" + stranger.world.buyer().id() + "/credit_balance"));
    }

    @Override
    public Set<String> secrets() {
      return Set.of(
          world.seller().id(),
          world.buyer().id(),
          world.supplier(),
          world.project(),
          spare,
          document,
          issuance,
          refund,
          transfer);
    }
  }
}
