package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Ask;
import io.sluice.dialect.DialectFixture;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The ledger API as the shared suite sees it. */
final class CorebanqFixture implements DialectFixture {
  private static final long AMPLE_CENTS = 1_000_000_000_000L;
  private static final long UNIT_CENTS = 125;

  @Override
  public Set<String> clearingNulls() {
    return Set.of("updateLedger metadata");
  }

  @Override
  public Set<String> dependentInputs() {
    return Set.of(
        // The same as balance_current; that of the currency.
        "createLedger balance_available",
        "createLedger currency_id",
        // Not after the other one.
        "getStatement from");
  }

  @Override
  public String dialect() {
    return "corebanq";
  }

  @Override
  public World newWorld(TestingGateway gateway) {
    return new Pair(new Room(gateway));
  }

  @Override
  public void assertErrorShape(Reply reply) {
    assertThat(reply.contentType()).isEqualTo("application/json");
    JsonNode json = reply.json();
    assertThat(json.get("code").textValue()).as(reply.toString()).matches("[a-z_]+\\.[a-z_]+");
    assertThat(json.get("message").textValue()).isNotBlank();
    boolean validation = json.get("code").textValue().equals("ledger.validation_failed");
    assertThat(json.size()).as(reply.toString()).isEqualTo(validation ? 3 : 2);
    if (validation) {
      assertThat(json.get("details").size()).isOne();
      assertThat(json.at("/details/errors")).isNotEmpty();
      json.at("/details/errors")
          .forEach(
              error -> {
                assertThat(error.fieldNames()).toIterable().containsExactly("field", "message");
                assertThat(error.get("field").textValue()).isNotBlank();
              });
    }
  }

  @Override
  public int successStatus() {
    return 201;
  }

  @Override
  public Repeat repeat() {
    return Repeat.SAME_ANSWER;
  }

  @Override
  public void assertConflict(Reply reply) {
    User.assertError(reply, 409, "ledger.duplicate_transaction");
  }

  @Override
  public boolean amountsAreTexts() {
    return false;
  }

  @Override
  public String unknownPath() {
    return "/v1/ledgers/a/b/c";
  }

  @Override
  public Set<String> openOperations() {
    return Set.of("authenticate", "authenticateAdmin", "verifySecondFactor", "refreshToken");
  }

  /** Two ledgers of a new tenant. */
  private static final class Pair implements World {
    private final Room room;
    private final TenantId tenant;
    private final User user;
    private final Person administrator;
    private final Person careful;
    private final String secret = "secret-" + UUID.randomUUID();
    private final UUID payer;
    private final UUID payee;
    private final String entry;

    Pair(Room room) {
      this.room = room;
      tenant = room.newTenant();
      user = room.user(tenant);
      administrator = Person.of(room, tenant);
      administrator.rule("{\"internal\":true,\"mfa_mode\":\"off\"}");
      careful = Person.of(room, tenant);
      careful.rule("{\"internal\":false,\"mfa_mode\":\"phone\",\"address\":\"+491\"}");
      payer = user.ledger(AMPLE_CENTS, ",\"metadata\":{\"secret\":\"" + secret + "\"}");
      payee = user.ledger(1);
      entry = user.entries(payer, "").at("/0/id").textValue();
    }

    @Override
    public TenantId tenant() {
      return tenant;
    }

    @Override
    public TestClient client() {
      return user.client();
    }

    @Override
    public Ask transfer(String key) {
      return transferOf(key, Long.toString(UNIT_CENTS));
    }

    @Override
    public Ask otherTransfer(String key) {
      return transferOf(key, Long.toString(UNIT_CENTS + 1));
    }

    @Override
    public Ask transferOf(String key, String json) {
      return transfer(payer, payee, json, key);
    }

    private static Ask transfer(UUID source, UUID destination, String amount, String key) {
      return Ask.post(
          User.transferPath(source), User.transferBody(destination, amount, transaction(key), ""));
    }

    /** The dialect wants UUIDs. */
    private static UUID transaction(String key) {
      return Digest.start().add(key).toUuid();
    }

    @Override
    public BigDecimal unit() {
      return BigDecimal.valueOf(UNIT_CENTS);
    }

    @Override
    public BigDecimal payerBalance() {
      return balance(payer);
    }

    @Override
    public BigDecimal payeeBalance() {
      return balance(payee);
    }

    private BigDecimal balance(UUID ledger) {
      var balances = Await.result(room.services().holders().balances(tenant, new HolderId(ledger)));
      return new BigDecimal(balances.getFirst().balance().units());
    }

    @Override
    public Optional<TestClient> powerless() {
      Instant later = Instant.now().plus(Duration.ofHours(1));
      return Optional.of(room.bearer(room.token("corebanq", tenant, user.id(), later, "nothing")));
    }

    @Override
    public Map<String, TestClient> badClients(World other) {
      Instant now = Instant.now();
      String foreign = room.token("scrip", tenant, user.id(), now.plus(Duration.ofHours(1)));
      String expired = room.token("corebanq", tenant, user.id(), now.minus(Duration.ofSeconds(2)));
      return Map.of(
          "missing", room.anonymous(),
          "invalid", room.bearer("nonsense"),
          "foreign", room.bearer(foreign),
          "expired", room.bearer(expired));
    }

    @Override
    public List<Ask> everyOperation() {
      String ledger = "/v1/ledgers/" + payer;
      String code = "code " + UUID.randomUUID();
      var session = administrator.signIn();
      String challenge = careful.challenged();
      return List.of(
          Ask.post("/v1/authenticate", administrator.loginBody()),
          Ask.post("/v1/authenticate/admin", administrator.loginBody()),
          Ask.post("/v1/verify-2FA", careful.codeBody(careful.sentCode()))
              .withHeader("X-MFA-Challenge", challenge),
          new Ask(
              "POST",
              "/v1/refresh-token",
              Map.of(
                  "Authorization",
                  "Bearer " + session.accessToken(),
                  "X-App-ID",
                  Person.APP,
                  "Cookie",
                  session.cookie()),
              ""),
          Ask.post("/v1/ledgers", User.ledgerBody(code, ",\"balance_current\":5")),
          Ask.get("/v1/ledgers?limit=200"),
          Ask.get(ledger),
          Ask.get(ledger + "/balance"),
          Ask.post(ledger + "/entries", User.entryBody("credit", 5, UUID.randomUUID(), "")),
          Ask.get(ledger + "/entries"),
          Ask.get(ledger + "/entries/" + entry),
          Ask.post(ledger + "/reconcile", ""),
          Ask.get(ledger + "/statement?limit=200"),
          Ask.get("/v1/ledgers/reports/trial-balance"),
          new Ask("PATCH", ledger, Map.of(), "{\"description\":\"changed\"}"),
          User.lines(User.line(payer, payee, UNIT_CENTS, UUID.randomUUID(), "")),
          transfer(UUID.randomUUID().toString()));
    }

    @Override
    public Lists lists() {
      return PagedLists.of(room);
    }

    @Override
    public List<Ask> mixedWith(World other) {
      Pair stranger = (Pair) other;
      String key = UUID.randomUUID().toString();
      return List.of(
          transfer(payer, stranger.payee, "1", key),
          transfer(stranger.payer, payee, "1", key),
          Ask.post(
              "/v1/ledgers/" + stranger.payer + "/entries",
              User.entryBody("debit", 1, UUID.randomUUID(), "")),
          new Ask("PATCH", "/v1/ledgers/" + stranger.payer, Map.of(), "{\"active\":false}"),
          Ask.get("/v1/ledgers/" + stranger.payer + "/entries/" + stranger.entry),
          Ask.get("/v1/ledgers/" + payer + "/entries/" + stranger.entry),
          Ask.post("/v1/ledgers/" + stranger.payer + "/reconcile", ""),
          Ask.post(
              "/v1/ledgers",
              User.ledgerBody("code " + key, ",\"parent_ledger_id\":\"" + stranger.payer + "\"")));
    }

    @Override
    public Set<String> secrets() {
      return Set.of(secret, payer.toString(), payee.toString(), user.id().toString());
    }
  }
}
