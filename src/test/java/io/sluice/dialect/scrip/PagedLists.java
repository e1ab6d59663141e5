package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;

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
            .filter("status", "ACTIVE")
            .filter("include_archived", true, false)
            .filter("search", "asset"),
        participants(),
        lots(participant),
        list("listParticipantRedemptions", participant + "/redemptions", "/id", this::redeem)
            .filter("status", "COMPLETED", "PARTIALLY_REVERSED")
            .none("reward_catalog_item_id", UUID.randomUUID())
            .filter("from", PAST)
            .filter("to", FUTURE),
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
            .filter("status", "ACTIVE"),
        list(
                "listWebhookDeliveries",
                "/v1/webhook-endpoints/" + endpoint + "/deliveries",
                "/id",
                this::failDelivery)
            .filter("status", "FAILED"));
  }

  private static Listed list(String operation, String target, String id, Runnable add) {
    return new Listed(operation, target, Paging.CURSOR, "/data", id, add);
  }

  /** Of what can be archived. */
  private static Listed named(String operation, String target, Runnable add) {
    return list(operation, target, "/id", add)
        .filter("include_archived", true, false)
        .filter("status", "ACTIVE")
        .filter("search", "g")
        .filter("sort_by", "name", "created_at")
        .filter("sort_dir", "asc", "desc");
  }

  private Listed participants() {
    return list(
            "listParticipants",
            "/v1/participants",
            "/id",
            () ->
                ScripFixture.created(
                    scrip.client.post(
                        "/v1/participants",
                        json(
                            "{'external_id':'%s','program_id':'%s'}",
                            ScripFixture.unique(), scrip.program))))
        .filter("external_id", name)
        .filter("program_id", scrip.program)
        .filter("status", "ACTIVE")
        .filter("search", "-")
        .filter("from", PAST)
        .filter("to", FUTURE)
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
        .filter("status", "AVAILABLE")
        .filter("expires_before", FUTURE)
        .filter("expires_after", PAST)
        .filter("reference_id", "r");
  }

  private static Listed history(String operation, String target, String of, Runnable add) {
    return list(operation, target, "/journal_entry_id", add)
        .filter("asset_id", of)
        .filter("bucket", "AVAILABLE")
        .filter("from", PAST)
        .filter("to", FUTURE)
        .filter("event_from", PAST)
        .filter("event_to", FUTURE);
  }

  private static Listed statement(String operation, String target, String of, Runnable add) {
    return list(operation, target + "?asset_id=" + of, "/posting_id", add)
        .filter("bucket", "AVAILABLE")
        .filter("from", PAST)
        .filter("to", FUTURE);
  }

  private Listed journal() {
    return list("listJournalEntries", "/v1/journal-entries", "/id", this::creditOne)
        .filter("program_id", scrip.program)
        .none("event_id", UUID.randomUUID())
        .none("rule_id", UUID.randomUUID())
        .filter("participant_id", holder)
        .filter("external_id", name)
        .filter("group_id", group)
        .filter("asset_id", asset)
        .filter("bucket", "AVAILABLE")
        .filter("from", PAST)
        .filter("to", FUTURE)
        .filter("min_amount", "0.01")
        .filter("max_amount", "1000")
        .filter("action_type", "CREDIT")
        .filter("reference_id", "r");
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
    ok(
        scrip.client.post(
            "/v1/groups/" + group + "/members",
            json("{'participant_id':'%s'}", scrip.participant())));
  }

  private void failDelivery() {
    ScripWorld.failedDelivery(gateway, scrip, endpoint);
  }
}
