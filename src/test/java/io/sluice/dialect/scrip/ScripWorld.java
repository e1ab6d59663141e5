package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.row;

import io.sluice.dialect.Ask;
import io.sluice.dialect.DialectFixture.Lists;
import io.sluice.dialect.DialectFixture.World;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountBalance;
import io.sluice.testing.Await;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One organisation for the shared suite: two participants, one of them rich, and one of each. */
final class ScripWorld implements World {
  private static final String UNIT = "1.50";

  private final TestingGateway gateway;
  private final ScripFixture scrip;
  private final String asset;
  private final String prefunded;
  private final String lots;
  private final String payerName = ScripFixture.unique();
  private final String payer;
  private final String payee;
  private final String redeemer;
  private final String group;
  private final String entry;
  private final String unused;

  ScripWorld(TestingGateway gateway) {
    this.gateway = gateway;
    scrip = new ScripFixture(gateway);
    asset = scrip.asset();
    prefunded = scrip.asset("SIMPLE", "PREFUNDED", 2, null);
    lots = scrip.lots();
    payer = scrip.participant(payerName);
    payee = scrip.participant();
    redeemer = scrip.participant(asset, "1000000");
    group = scrip.group();
    scrip.credit(payer, asset, "1000000");
    unused = scrip.program();
    scrip.link(unused, asset);
    entry = scrip.list("/v1/journal-entries?participant_id=" + payer).get(0).get("id").asText();
  }

  @Override
  public TenantId tenant() {
    return scrip.tenant;
  }

  @Override
  public TestClient client() {
    return scrip.client;
  }

  @Override
  public Ask transfer(String key) {
    return transfer(payer, payee, "\"" + UNIT + "\"", key);
  }

  @Override
  public Ask otherTransfer(String key) {
    return transfer(payer, payee, "\"1.51\"", key);
  }

  @Override
  public Ask transferOf(String key, String amount) {
    return transfer(payer, payee, amount, key);
  }

  private Ask transfer(String from, String to, String amount, String key) {
    String more = ",'idempotency_key':'" + key + "'";
    String body = scrip.body(asset, from, to, "@", more);
    return Ask.post("/v1/transfers", body.replace("\"@\"", amount));
  }

  @Override
  public BigDecimal unit() {
    return new BigDecimal(UNIT);
  }

  @Override
  public BigDecimal payerBalance() {
    return balance(payer);
  }

  @Override
  public BigDecimal payeeBalance() {
    return balance(payee);
  }

  private BigDecimal balance(String participant) {
    var holder = new HolderId(UUID.fromString(participant));
    var balances = Await.result(gateway.services().holders().balances(scrip.tenant, holder));
    return balances.stream()
        .filter(balance -> balance.asset().value().toString().equals(asset))
        .map(AccountBalance::balance)
        .map(amount -> new BigDecimal(amount.units(), 2))
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }

  @Override
  public Map<String, TestClient> badClients(World other) {
    TestClient bare = gateway.client();
    String foreign = gateway.secret("client-secret", scrip.tenant, "foreign");
    String revoked = gateway.secret("api-key", scrip.tenant, "revoked");
    gateway.secret("api-key", scrip.tenant, "revoked");
    return Map.of(
        "missing", bare,
        "invalid", bare.with("X-API-Key", "sk_" + "x".repeat(32)),
        "without prefix", bare.with("X-API-Key", scrip.key.substring(3)),
        "cut short", bare.with("X-API-Key", scrip.key.substring(0, scrip.key.length() - 1)),
        "too long", bare.with("X-API-Key", "sk_" + "x".repeat(2_000)),
        "revoked", bare.with("X-API-Key", revoked),
        "foreign", bare.with("X-API-Key", foreign),
        "foreign bearer", bare.with("Authorization", "Bearer " + foreign),
        "other scheme", bare.with("Authorization", "Basic " + scrip.key));
  }

  @Override
  public List<Ask> everyOperation() {
    List<Ask> asks = new ArrayList<>();
    asks.add(transfer(ScripFixture.unique()));
    addPrograms(asks);
    addAssets(asks);
    addParticipants(asks);
    addRedemptions(asks);
    addGroups(asks);
    addJournal(asks);
    addStates(asks);
    addWebhooks(asks);
    return asks;
  }

  private void addRedemptions(List<Ask> asks) {
    String redeem = "/v1/participants/" + redeemer + "/redemptions";
    String made = "/v1/redemptions/" + scrip.redeemed(redeemer, asset, "5");
    String key = ScripFixture.unique();
    asks.add(Ask.post(redeem, scrip.redemption(asset, "1.5", key)));
    asks.add(Ask.get(redeem));
    asks.add(Ask.get(made));
    asks.add(
        Ask.post(
            made + "/reverse", scrip.reversal("'amount':'1','idempotency_key':'" + key + "r'")));
    asks.add(Ask.get(made + "/reversals"));
  }

  private void addPrograms(List<Ask> asks) {
    String one = "/v1/programs/" + scrip.program;
    String wallet = one + "/assets/" + prefunded;
    asks.add(Ask.post("/v1/programs", json("{'name':'P','description':'d'}")));
    asks.add(Ask.get("/v1/programs"));
    asks.add(Ask.get(one));
    asks.add(patch(one, "{'name':'Q'}"));
    asks.add(Ask.get(one + "/balance"));
    String other = scrip.program();
    asks.add(Ask.post("/v1/programs/" + other + "/assets", json("{'asset_id':'%s'}", asset)));
    asks.add(Ask.post(wallet + "/fund", json("{'amount':'5','description':'d'}")));
    asks.add(Ask.post(wallet + "/burn", json("{'amount':'1'}")));
  }

  private void addAssets(List<Ask> asks) {
    String symbol = ScripFixture.unique().replace("-", "").substring(0, 16);
    asks.add(
        Ask.post(
            "/v1/assets",
            json(
                "{'program_id':'%s','name':'A','symbol':'%s','inventory_mode':'LOT',"
                    + "'issuance_policy':'PREFUNDED','scale':0,'max_transaction_amount':'10'}",
                scrip.program, symbol)));
    asks.add(Ask.get("/v1/assets"));
    asks.add(Ask.get("/v1/assets/" + asset));
    asks.add(patch("/v1/assets/" + asset, "{'name':'B','max_transaction_amount':'2000000'}"));
  }

  private void addParticipants(List<Ask> asks) {
    String one = "/v1/participants/" + payee;
    asks.add(
        Ask.post(
            "/v1/participants",
            json(
                "{'external_id':'%s','program_id':'%s','email':'a@b','tags':['t'],"
                    + "'attributes':{'k':1}}",
                ScripFixture.unique(), scrip.program)));
    asks.add(Ask.get("/v1/participants"));
    asks.add(Ask.get("/v1/participants/" + payer));
    asks.add(patch(one + "/status", "{'status':'ACTIVE'}"));
    asks.add(Ask.get("/v1/participants/" + payer + "/balances"));
    asks.add(Ask.get(one + "/balances/lots?asset_id=" + lots));
    asks.add(
        Ask.post(
            one + "/balances/adjust",
            scrip.adjustment(lots, "CREDIT", "1", ",'expires_at':'2999-01-01T00:00:00Z'")));
    asks.add(
        Ask.post(
            one + "/balances/adjust",
            scrip.adjustment(lots, "CREDIT", "1", ",'bucket':'HELD','reference_id':'r'")));
    asks.add(holding(one, "void-hold", scrip.program, lots, ",'reference_id':'r'"));
    addHoldings(asks, one);
  }

  private void addHoldings(List<Ask> asks, String holder) {
    asks.add(holding(holder, "hold", scrip.program, lots, ",'amount':'1'"));
    asks.add(holding(holder, "release", scrip.program, lots, ""));
    asks.add(holding(holder, "forfeit", scrip.program, lots, ",'bucket':'AVAILABLE'"));
  }

  private static Ask holding(
      String holder, String operation, String program, String of, String more) {
    return Ask.post(
        holder + "/balances/" + operation,
        json("{'program_id':'%s','asset_id':'%s','description':'test'%s}", program, of, more));
  }

  private void addGroups(List<Ask> asks) {
    String one = "/v1/groups/" + group;
    asks.add(
        Ask.post(
            "/v1/groups",
            json("{'name':'G','members':[{'participant_id':'%s','role':'ADMIN'}]}", payee)));
    asks.add(Ask.get("/v1/groups"));
    asks.add(Ask.get(one));
    asks.add(patch(one, "{'name':'H'}"));
    asks.add(Ask.get(one + "/balances"));
    asks.add(Ask.post(one + "/members", json("{'participant_id':'%s'}", payee)));
    asks.add(patch(one + "/members/" + payee, "{'role':'ADMIN'}"));
    asks.add(Ask.get(one + "/members"));
    asks.add(new Ask("DELETE", one + "/members/" + payee, Map.of(), ""));
    asks.add(Ask.post(one + "/balances/adjust", scrip.adjustment(lots, "CREDIT", "1", "")));
    addHoldings(asks, one);
    asks.add(new Ask("DELETE", "/v1/groups/" + scrip.group(), Map.of(), ""));
  }

  private void addJournal(List<Ask> asks) {
    asks.add(Ask.get("/v1/journal-entries?participant_id=" + payer));
    asks.add(Ask.get("/v1/journal-entries/" + entry));
    asks.add(
        Ask.get(
            "/v1/reports/expiration-schedule?from=2990-01-01T00:00:00Z&to=2990-12-31T00:00:00Z"));
    for (String holder : List.of("/v1/participants/" + payer, "/v1/programs/" + scrip.program)) {
      String history = holder.contains("participants") ? "/activity/history" : "/history";
      asks.add(Ask.get(holder + history));
      asks.add(Ask.get(holder + "/statement?asset_id=" + asset));
    }
  }

  private void addStates(List<Ask> asks) {
    String participant = "/v1/participants/" + payee;
    for (String holder : List.of(participant, "/v1/groups/" + group)) {
      String tags = holder + "/state/tags";
      asks.add(Ask.get(tags));
      asks.add(new Ask("PUT", tags, Map.of(), json("{'tags':['A','b']}")));
      asks.add(new Ask("PUT", tags + "/c", Map.of(), ""));
      asks.add(new Ask("DELETE", tags + "/b", Map.of(), ""));
    }
    String attributes = participant + "/state/attributes";
    asks.add(patch(attributes, "{'attributes':{'k':{'v':2}}}"));
    asks.add(new Ask("DELETE", attributes + "/k", Map.of(), ""));
    asks.add(patch(participant, "{'first_name':'F','attributes':{'k':1}}"));
    asks.add(Ask.get("/v1/programs/" + scrip.program + "/assets"));
    asks.add(new Ask("DELETE", "/v1/programs/" + unused + "/assets/" + asset, Map.of(), ""));
  }

  private void addWebhooks(List<Ask> asks) {
    String all = "/v1/webhook-endpoints";
    String endpoint = scrip.endpoint();
    String one = all + "/" + endpoint;
    String delivery = "/v1/webhook-deliveries/" + failedDelivery(gateway, scrip, endpoint);
    asks.add(Ask.post(all, json(ScripFixture.ENDPOINT)));
    asks.add(Ask.get(all));
    asks.add(Ask.get(all + "/delivery-stats"));
    asks.add(Ask.get(one));
    asks.add(patch(one, "{'description':'d','metadata':{'k':1}}"));
    asks.add(Ask.post(one + "/rotate-secret", ""));
    asks.add(Ask.get(one + "/deliveries"));
    asks.add(Ask.get(delivery));
    asks.add(Ask.post(delivery + "/resend", ""));
    asks.add(Ask.post(delivery + "/retry", ""));
    asks.add(new Ask("DELETE", all + "/" + scrip.endpoint(), Map.of(), ""));
  }

  /** A delivery that was given up; that takes a day by itself. */
  static UUID failedDelivery(TestingGateway gateway, ScripFixture scrip, String endpoint) {
    UUID id = UUID.randomUUID();
    gateway
        .database()
        .execute(
            """
            INSERT INTO event (tenant_id, id, dialect, type, subject, payload, created_at)
              VALUES (%1$s, '%2$s', 'scrip', 'event.failed', '%2$s', '{}', now());
            INSERT INTO event_delivery
                (tenant_id, id, endpoint_id, event_id, status, attempts, created_at, updated_at)
              VALUES (%1$s, '%2$s', '%3$s', '%2$s', 3, 8, now(), now())
            """
                .formatted(scrip.tenant.value(), id, endpoint));
    return id;
  }

  @Override
  public Lists lists() {
    PagedLists lists = PagedLists.of(gateway);
    return new Lists(lists.scrip().client, lists.all());
  }

  private static Ask patch(String target, String body) {
    return new Ask("PATCH", target, Map.of(), json(body));
  }

  @Override
  public List<Ask> mixedWith(World other) {
    ScripWorld theirs = (ScripWorld) other;
    String key = ScripFixture.unique();
    String member = json("{'participant_id':'%s'}", theirs.payee);
    String adjust = "/v1/participants/" + payee + "/balances/adjust";
    String redeem = "/v1/participants/" + redeemer + "/redemptions";
    return List.of(
        transfer(payer, theirs.payee, "\"1\"", key),
        transfer(theirs.payer, payee, "\"1\"", key),
        Ask.post("/v1/transfers", swapped(transfer(key), asset, theirs.asset)),
        Ask.post("/v1/transfers", swapped(transfer(key), scrip.program, theirs.scrip.program)),
        externalPayee(theirs.payerName),
        groupPayee(theirs.group),
        Ask.post(adjust, scrip.adjustment(theirs.asset, "CREDIT", "1", "")),
        Ask.post(adjust, theirs.scrip.adjustment(asset, "CREDIT", "1", "")),
        holding("/v1/participants/" + payee, "hold", scrip.program, theirs.asset, ""),
        holding("/v1/participants/" + payee, "hold", theirs.scrip.program, asset, ""),
        holding("/v1/participants/" + theirs.payee, "hold", scrip.program, asset, ""),
        holding("/v1/groups/" + theirs.group, "hold", scrip.program, asset, ""),
        link(scrip.program, theirs.asset),
        link(theirs.scrip.program, asset),
        Ask.post(redeem, scrip.redemption(theirs.asset, "1", key)),
        Ask.post(redeem, theirs.scrip.redemption(asset, "1", key)),
        patch(
            "/v1/programs/" + scrip.program,
            json(
                "{'redemption_target_type':'LEDGER_ENTITY','redemption_target_entity_id':'%s'}",
                theirs.payee)),
        Ask.post("/v1/groups/" + group + "/members", member),
        Ask.post(
            "/v1/groups",
            json("{'name':'G','members':[{'participant_id':'%s','role':'ADMIN'}]}", theirs.payee)),
        Ask.post(
            "/v1/participants",
            json("{'external_id':'new','program_id':'%s'}", theirs.scrip.program)));
  }

  private static Ask link(String program, String linked) {
    return Ask.post("/v1/programs/" + program + "/assets", json("{'asset_id':'%s'}", linked));
  }

  private static String swapped(Ask ask, String ours, String theirs) {
    return ask.body().replace(ours, theirs);
  }

  private Ask externalPayee(String name) {
    return toPayee(row("external_id", name, "1"));
  }

  private Ask groupPayee(String id) {
    return toPayee(row("group_id", id, "1"));
  }

  private Ask toPayee(String row) {
    String source = "'source_participant_id':'" + payer + "'";
    return Ask.post("/v1/transfers", scrip.body(asset, source, List.of(row), ""));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(
        scrip.key, scrip.program, asset, prefunded, lots, payer, payerName, payee, redeemer, group);
  }
}
