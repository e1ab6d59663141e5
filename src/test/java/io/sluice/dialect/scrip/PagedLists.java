package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Listed;
import io.sluice.dialect.Paging;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.UUID;

/** Every list of one organisation of its own. */
final class PagedLists {
  private static final String PAST = "2020-01-01T00:00:00Z";
  private static final String FUTURE = "2999-01-01T00:00:00Z";
  private static final String EXPIRY = ",'expires_at':'2998-01-01T00:00:00Z','reference_id':'r'";

  private final TestingGateway gateway;
  private final ScripFixture scrip;
  private final String name = ScripFixture.unique();
  private final String asset;
  private final String prefunded;
  private final String lots;
  private final String holder;
  private final String redemption;
  private final String group;
  private final String endpoint;
  private final String other;
  private final String unmoved;

  private PagedLists(TestingGateway gateway) {
    this.gateway = gateway;
    scrip = new ScripFixture(gateway);
    asset = scrip.asset();
    prefunded = scrip.asset("SIMPLE", "PREFUNDED", 2, null);
    lots = scrip.lots();
    holder = scrip.participant(name);
    scrip.credit(holder, asset, "1000");
    redemption = scrip.redeemed(holder, asset, "500");
    reverse();
    group = scrip.group();
    endpoint = scrip.endpoint();
    fund(prefunded);
    ok(scrip.adjust("groups", group, lots, "CREDIT", "1", EXPIRY));
    other = scrip.program();
    unmoved = scrip.asset();
    enrol();
    leaveTraces();
  }

  /** One of each kind whose status is another than most have, and whose name is. */
  private void leaveTraces() {
    change("/v1/programs/" + scrip.program(), "{'name':'Gone','status':'ARCHIVED'}");
    change("/v1/programs/" + scrip.program(), "{'name':'Zigzag'}");
    change("/v1/assets/" + scrip.asset(), "{'status':'ARCHIVED'}");
    change("/v1/groups/" + scrip.group(), "{'name':'Zigzag'}");
    scrip.archiveGroup(scrip.group());
    scrip.participantStatus(scrip.participant(), "SUSPENDED");
    String former = scrip.participant();
    join(former);
    String member = "/v1/groups/" + group + "/members/" + former;
    assertThat(scrip.client.send("DELETE", member, "").status()).isLessThan(300);
  }

  private void change(String target, String members) {
    ok(scrip.client.send("PATCH", target, json(members)));
  }

  /** The lists, and who reads them. */
  static PagedLists of(TestingGateway gateway) {
    return new PagedLists(gateway);
  }

  ScripFixture scrip() {
    return scrip;
  }

  List<Listed> all() {
    String program = "/v1/programs/" + scrip.program;
    String participant = "/v1/participants/" + holder;
    return List.of(
        named("listPrograms", "/v1/programs", scrip::program),
        list("listProgramBalances", program + "/balance", "/asset_id", this::wallet)
            .filter("asset_id", prefunded),
        history("listProgramHistory", program + "/history", prefunded, () -> fund(prefunded)),
        statement("getProgramStatement", program + "/statement", prefunded, () -> fund(prefunded)),
        list("listProgramAssets", program + "/assets", "/id", scrip::asset),
        list("listAssets", "/v1/assets", "/id", scrip::asset)
            .filter("program_id", scrip.program)
            .none("program_id", other)
            .filter("status", "ACTIVE", "ARCHIVED")
            .filter("include_archived", true, false)
            .filter("search", "asset")
            .none("search", "nothing"),
        participants(),
        lots(participant),
        list("listParticipantRedemptions", participant + "/redemptions", "/id", this::redeem)
            .filter("status", "COMPLETED", "PARTIALLY_REVERSED")
            .none("reward_catalog_item_id", UUID.randomUUID())
            .filter("from", PAST)
            .none("from", FUTURE)
            .filter("to", FUTURE)
            .none("to", PAST),
        list(
            "listRedemptionReversals",
            "/v1/redemptions/" + redemption + "/reversals",
            "/id",
            this::reverse),
        history(
            "listParticipantHistory", participant + "/activity/history", asset, this::creditOne),
        statement("getParticipantStatement", participant + "/statement", asset, this::creditOne),
        named("listGroups", "/v1/groups", scrip::group),
        list("listGroupMembers", "/v1/groups/" + group + "/members", "/participant_id", this::join)
            .filter("include_former", true, false),
        journal(),
        list("listWebhookEndpoints", "/v1/webhook-endpoints", "/id", scrip::endpoint)
            .filter("status", "ACTIVE")
            .none("status", "DISABLED"),
        list(
                "listWebhookDeliveries",
                "/v1/webhook-endpoints/" + endpoint + "/deliveries",
                "/id",
                this::failDelivery)
            .filter("status", "FAILED")
            .none("status", "DELIVERED"));
  }

  private static Listed list(String operation, String target, String id, Runnable add) {
    return new Listed(operation, target, Paging.CURSOR, "/data", id, add);
  }

  /** Of what can be archived. */
  private static Listed named(String operation, String target, Runnable add) {
    return list(operation, target, "/id", add)
        .filter("include_archived", true, false)
        .filter("status", "ACTIVE", "ARCHIVED")
        .filter("search", "g")
        .none("search", "nothing")
        .filter("sort_by", "name", "created_at")
        .filter("sort_dir", "asc", "desc");
  }

  private Listed participants() {
    return list("listParticipants", "/v1/participants", "/id", this::enrol)
        .filter("external_id", name)
        .filter("program_id", scrip.program)
        .none("program_id", other)
        .filter("status", "ACTIVE", "SUSPENDED")
        .filter("search", "-")
        .none("search", "nothing")
        .filter("from", PAST)
        .none("from", FUTURE)
        .filter("to", FUTURE)
        .none("to", PAST)
        .filter("sort_by", "created_at", "external_id", "status")
        .filter("sort_dir", "asc", "desc");
  }

  private Listed lots(String participant) {
    return list(
            "listParticipantLots",
            participant + "/balances/lots?asset_id=" + lots,
            "/id",
            () -> ok(scrip.adjust("participants", holder, lots, "CREDIT", "1", EXPIRY)))
        .filter("program_id", scrip.program)
        .none("program_id", other)
        .filter("status", "AVAILABLE")
        .none("status", "HELD")
        .filter("expires_before", FUTURE)
        .none("expires_before", PAST)
        .filter("expires_after", PAST)
        .none("expires_after", FUTURE)
        .filter("reference_id", "r")
        .none("reference_id", "s");
  }

  private Listed history(String operation, String target, String of, Runnable add) {
    return list(operation, target, "/journal_entry_id", add)
        .filter("asset_id", of)
        .none("asset_id", unmoved)
        .filter("bucket", "AVAILABLE")
        .none("bucket", "DEFERRED")
        .filter("from", PAST)
        .none("from", FUTURE)
        .filter("to", FUTURE)
        .none("to", PAST)
        .filter("event_from", PAST)
        .none("event_from", FUTURE)
        .filter("event_to", FUTURE)
        .none("event_to", PAST);
  }

  private static Listed statement(String operation, String target, String of, Runnable add) {
    return list(operation, target + "?asset_id=" + of, "/posting_id", add)
        .filter("bucket", "AVAILABLE")
        .none("bucket", "DEFERRED")
        .filter("from", PAST)
        .none("from", FUTURE)
        .filter("to", FUTURE)
        .none("to", PAST);
  }

  private Listed journal() {
    return list("listJournalEntries", "/v1/journal-entries", "/id", this::creditOne)
        .filter("program_id", scrip.program)
        .none("program_id", other)
        .none("event_id", UUID.randomUUID())
        .none("rule_id", UUID.randomUUID())
        .filter("participant_id", holder)
        .filter("external_id", name)
        .filter("group_id", group)
        .filter("asset_id", asset)
        .filter("bucket", "AVAILABLE")
        .none("bucket", "DEFERRED")
        .filter("from", PAST)
        .none("from", FUTURE)
        .filter("to", FUTURE)
        .none("to", PAST)
        .filter("min_amount", "0.01")
        .none("min_amount", "100000")
        .filter("max_amount", "1000")
        .none("max_amount", "-100000")
        .filter("action_type", "CREDIT", "REDEMPTION")
        .filter("reference_id", "r")
        .none("reference_id", "s");
  }

  private void enrol() {
    String body = "{'external_id':'%s','program_id':'%s'}";
    ScripFixture.created(
        scrip.client.post("/v1/participants", json(body, ScripFixture.unique(), scrip.program)));
  }

  private void creditOne() {
    scrip.credit(holder, asset, "1");
  }

  private void redeem() {
    scrip.redeemed(holder, asset, "1");
  }

  private void reverse() {
    ScripFixture.created(scrip.reversePart(redemption, "1"));
  }

  private void wallet() {
    fund(scrip.asset("SIMPLE", "PREFUNDED", 2, null));
  }

  private void fund(String of) {
    ok(
        scrip.client.post(
            "/v1/programs/" + scrip.program + "/assets/" + of + "/fund",
            json("{'amount':'5','description':'d'}")));
  }

  private void join() {
    join(scrip.participant());
  }

  private void join(String participant) {
    ok(
        scrip.client.post(
            "/v1/groups/" + group + "/members", json("{'participant_id':'%s'}", participant)));
  }

  private void failDelivery() {
    ScripWorld.failedDelivery(gateway, scrip, endpoint);
  }
}
