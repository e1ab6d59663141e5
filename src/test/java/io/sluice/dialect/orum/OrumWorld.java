package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BALANCE;
import static io.sluice.dialect.orum.OrumTenant.BUSINESSES;
import static io.sluice.dialect.orum.OrumTenant.PERSONS;
import static io.sluice.dialect.orum.OrumTenant.SUBLEDGERS;
import static io.sluice.dialect.orum.OrumTenant.TRANSFERS;

import io.sluice.access.IssuedClient;
import io.sluice.dialect.Ask;
import io.sluice.dialect.DialectFixture.Lists;
import io.sluice.dialect.DialectFixture.World;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A tenant whose one subledger pays another. */
final class OrumWorld implements World {
  private static final String REPORTS = "/deliver/reports";
  private static final long UNIT_CENTS = 7;
  private static final long AMPLE_CENTS = 1_000_000_000;

  private final TestingGateway gateway;
  private final OrumTenant tenant;
  private final IssuedClient secret;
  private final String name = UUID.randomUUID().toString();
  private final String payerId;
  private final String payeeId;
  private final String personId;
  private final String businessId;
  private final String transferId;
  private final String reportId;

  OrumWorld(TestingGateway gateway) {
    this.gateway = gateway;
    var fixture = new OrumFixture(gateway);
    tenant = fixture.tenant();
    secret = fixture.client(tenant, "world", Set.of("read:balances"));
    fixture.fund(tenant, 2 * AMPLE_CENTS);
    payerId = tenant.subledger(payer());
    payeeId = tenant.subledger(payee());
    personId = tenant.person(person(), "Ada", "Lovelace");
    businessId = tenant.business(business(), "Ada Inc.");
    reportId =
        newReport(
            "{\"start_time\":\"2020-01-01T00:00:00Z\",\"end_time\":\"2120-01-01T00:00:00Z\"}");
    transferId = tenant.transfer(name, AMPLE_CENTS, null, payer()).text("/book_transfer/id");
  }

  private String payer() {
    return "payer-" + name;
  }

  private String payee() {
    return "payee-" + name;
  }

  @Override
  public TenantId tenant() {
    return tenant.id();
  }

  @Override
  public TestClient client() {
    return tenant.client();
  }

  @Override
  public Optional<TestClient> powerless() {
    Instant later = Instant.now().plusSeconds(3_600);
    UUID nobody = UUID.randomUUID();
    String token = gateway.token(tenant.id(), "orum", nobody, Set.of("nothing"), later);
    return Optional.of(tenant.with(OrumTenant.headers(token)).client());
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
    return transfer(key, json, payer(), payee());
  }

  private static Ask transfer(String key, String amount, String source, String destination) {
    String body = OrumTenant.transferBody(key, UNIT_CENTS, source, destination);
    return Ask.post(TRANSFERS, body.replace("\"amount\":" + UNIT_CENTS, "\"amount\":" + amount));
  }

  private static String newName() {
    return UUID.randomUUID().toString();
  }

  @Override
  public BigDecimal unit() {
    return BigDecimal.valueOf(UNIT_CENTS);
  }

  @Override
  public BigDecimal payerBalance() {
    return balance(payerId);
  }

  @Override
  public BigDecimal payeeBalance() {
    return balance(payeeId);
  }

  private BigDecimal balance(String subledger) {
    var holder = new HolderId(UUID.fromString(subledger));
    var accounts = Await.result(gateway.services().holders().balances(tenant.id(), holder));
    return new BigDecimal(accounts.getFirst().balance().units());
  }

  @Override
  public Map<String, TestClient> badClients(World other) {
    TestClient none = tenant.client().without("Authorization");
    return Map.of(
        "missing", none,
        "invalid", bearer("x" + name),
        "basic", none.with("Authorization", "Basic eDp5"),
        "foreign", bearer(token("corebanq", Instant.now().plusSeconds(60))),
        "expired", bearer(token("orum", Instant.now().minusSeconds(1))));
  }

  private String token(String dialect, Instant expiresAt) {
    return gateway.token(tenant.id(), dialect, UUID.randomUUID(), Scopes.ALL, expiresAt);
  }

  private TestClient bearer(String token) {
    return tenant.client().with("Authorization", "Bearer " + token);
  }

  @Override
  public List<Ask> everyOperation() {
    var asks = new ArrayList<Ask>();
    asks.addAll(moneyOperations());
    asks.addAll(reportOperations());
    asks.addAll(webhookOperations());
    asks.addAll(customerOperations(PERSONS, personId, OrumTenant.personBody("%s", "Ada", "L")));
    asks.addAll(customerOperations(BUSINESSES, businessId, OrumTenant.businessBody("%s", "Ada")));
    return asks;
  }

  @Override
  public Lists lists() {
    return PagedLists.of(gateway);
  }

  private List<Ask> customerOperations(String path, String id, String body) {
    String whole = whole(path, body);
    String known = whole.formatted(path.equals(PERSONS) ? person() : business());
    String change = known.replaceFirst("\"customer_reference_id\":\"[^\"]*\",", "");
    String one = path + "/" + id;
    return List.of(
        Ask.post(path, whole.formatted(UUID.randomUUID())),
        Ask.get(path),
        Ask.get(path + "?status=verified&status=created&start_time=2020-01-01T00:00:00Z"),
        new Ask("PUT", path, Map.of(), known),
        Ask.get(one),
        new Ask("PUT", one, Map.of(), known),
        new Ask("PATCH", one, Map.of(), change),
        new Ask("DELETE", one, Map.of(), ""));
  }

  private List<Ask> reportOperations() {
    String time = "start_time=2020-01-01T00:00:00Z&end_time=2120-01-01T00:00:00Z";
    String body =
        "{\"start_time\":\"2020-01-01T00:00:00Z\",\"end_time\":\"2120-01-01T00:00:00Z\","
            + "\"report_scope\":\"subledger\",\"subledger_reference_id\":\"%s\"}";
    String gone = newReport(body.formatted(payer()));
    return List.of(
        Ask.post(REPORTS + "/recon", body.formatted(payer())),
        Ask.get(REPORTS + "/recon"),
        Ask.get(REPORTS + "/recon/" + reportId),
        Ask.get(REPORTS + "/" + reportId + "/download"),
        new Ask("DELETE", REPORTS + "/" + gone, Map.of(), ""),
        Ask.get(REPORTS + "/balances?" + time + "&report_scope=enterprise"));
  }

  /** To an address that is nobody's, and not enabled, so that nothing is sent. */
  private List<Ask> webhookOperations() {
    String body =
        "{\"event_types\":[\"person_all\"],\"url\":\"https://93.184.215.14/hook\",\"enabled\":false}";
    String configurations = "/webhooks/configurations";
    String gone = newConfiguration(body);
    return List.of(
        Ask.post(configurations, body),
        Ask.get(configurations),
        new Ask("PUT", configurations + "/" + newConfiguration(body), Map.of(), body),
        new Ask("DELETE", configurations + "/" + gone, Map.of(), ""),
        Ask.post("/webhooks/secret", ""),
        Ask.get("/webhooks/secret"),
        Ask.post("/webhooks/invoke", "{\"event_type\":\"person_closed\",\"data\":{}}"));
  }

  private String newConfiguration(String body) {
    return tenant.post("/webhooks/configurations", body).text("/webhook_configuration/id");
  }

  private String newReport(String body) {
    return tenant.post(REPORTS + "/recon", body).text("/report/id");
  }

  private static String whole(String path, String body) {
    String address =
        "{\"type\":\"TYPE\",\"address1\":\"1 Main St\",\"city\":\"Boston\",\"state\":\"MA\","
            + "\"country\":\"US\",\"zip5\":\"02108\"}";
    return body.substring(0, body.length() - 1)
        + ",\"addresses\":["
        + address.replace("TYPE", path.equals(PERSONS) ? "home" : "legal")
        + "],\"contacts\":[{\"type\":\"email\",\"value\":\"a@example.com\"}]}";
  }

  private String person() {
    return "person-" + name;
  }

  private String business() {
    return "business-" + name;
  }

  private List<Ask> moneyOperations() {
    return List.of(
        Ask.post(
            "/oauth/token",
            "{\"client_id\":\""
                + secret.clientId()
                + "\",\"client_secret\":\""
                + secret.clientSecret()
                + "\"}"),
        transfer(UUID.randomUUID().toString()),
        Ask.get(TRANSFERS),
        Ask.get(TRANSFERS + "?book_transfer_reference_id=" + name),
        Ask.get(TRANSFERS + "?subledger_reference_id=" + payer()),
        Ask.get(TRANSFERS + "/" + transferId),
        Ask.post(SUBLEDGERS, OrumTenant.subledgerBody(UUID.randomUUID().toString(), "enterprise")),
        Ask.get(SUBLEDGERS),
        Ask.get(SUBLEDGERS + "?subledger_reference_id=" + payer()),
        Ask.get(SUBLEDGERS + "/" + payerId),
        Ask.get(BALANCE),
        Ask.get(BALANCE + "/subledgers"),
        Ask.get(BALANCE + "/subledgers/" + payerId));
  }

  @Override
  public List<Ask> mixedWith(World other) {
    var stranger = (OrumWorld) other;
    String amount = Long.toString(UNIT_CENTS);
    return List.of(
        transfer(UUID.randomUUID().toString(), amount, payer(), stranger.payee()),
        transfer(UUID.randomUUID().toString(), amount, stranger.payer(), payee()),
        transfer(UUID.randomUUID().toString(), amount, null, stranger.payee()),
        transfer(UUID.randomUUID().toString(), amount, stranger.payer(), null),
        Ask.get(TRANSFERS + "/" + stranger.transferId),
        Ask.get(REPORTS + "/recon/" + stranger.reportId),
        Ask.get(REPORTS + "/" + stranger.reportId + "/download"),
        new Ask("DELETE", REPORTS + "/" + stranger.reportId, Map.of(), ""),
        Ask.post(SUBLEDGERS, OrumTenant.subledgerBody(newName(), stranger.person())),
        Ask.get(PERSONS + "/" + stranger.personId),
        new Ask("PATCH", PERSONS + "/" + stranger.personId, Map.of(), "{}"),
        new Ask("DELETE", PERSONS + "/" + stranger.personId, Map.of(), ""),
        Ask.get(BUSINESSES + "/" + stranger.businessId),
        new Ask("DELETE", BUSINESSES + "/" + stranger.businessId, Map.of(), ""),
        Ask.get(SUBLEDGERS + "/" + stranger.payerId),
        Ask.get(BALANCE + "/subledgers/" + stranger.payeeId));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(
        name,
        payer(),
        payee(),
        payerId,
        payeeId,
        transferId,
        person(),
        personId,
        business(),
        businessId,
        reportId);
  }
}
