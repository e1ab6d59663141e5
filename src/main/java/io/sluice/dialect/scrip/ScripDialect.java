package io.sluice.dialect.scrip;

import io.sluice.dialect.Chore;
import io.sluice.dialect.Courier;
import io.sluice.dialect.EventParts;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.dialect.scrip.HoldingRequest.Kind;
import io.sluice.store.scrip.ScripStores;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Scrip's API: programmes, assets, participants, groups, and transfers between them. */
public final class ScripDialect extends Room {
  private static final String TRANSFERS = "/v1/transfers";
  private static final String PROGRAMS = "/v1/programs";
  private static final String PROGRAM = PROGRAMS + "/:id";
  private static final String PROGRAM_ASSETS = PROGRAM + "/assets";
  private static final String PROGRAM_ASSET = PROGRAM_ASSETS + "/:assetId";
  private static final String ASSETS = "/v1/assets";
  private static final String ASSET = ASSETS + "/:id";
  private static final String PARTICIPANTS = "/v1/participants";
  private static final String PARTICIPANT = PARTICIPANTS + "/:id";
  private static final String GROUPS = "/v1/groups";
  private static final String GROUP = GROUPS + "/:id";
  private static final String REDEMPTIONS = "/v1/redemptions";
  private static final String REDEMPTION = REDEMPTIONS + "/:id";
  private static final String MEMBER = GROUP + "/members/:participantId";

  private static final String REPORTS = "/v1/reports";
  private static final String JOURNAL = "/v1/journal-entries";
  private static final String ENDPOINTS = "/v1/webhook-endpoints";
  private static final String ENDPOINT = ENDPOINTS + "/:id";
  private static final String DELIVERY = "/v1/webhook-deliveries/:id";

  /** Everything of the provider's, also what is not served: who asks for it hears its voice. */
  private static final List<String> ROOTS =
      Stream.concat(
              Stream.of(
                  TRANSFERS, PROGRAMS, ASSETS, PARTICIPANTS, GROUPS, REDEMPTIONS, JOURNAL, REPORTS),
              Stream.of(
                      "webhook-endpoints",
                      "webhook-deliveries",
                      "events",
                      "rules",
                      "tiers",
                      "rewards",
                      "automations")
                  .map(name -> "/v1/" + name))
          .toList();

  private static final Sign SIGN =
      new Sign(
          Names.DIALECT,
          "Scrip: POST " + TRANSFERS,
          path -> Text.isPathUnderOne(ROOTS, path),
          Errors::fault);

  private final Courier courier;

  public ScripDialect(Services services, ScripStores stores, EventParts parts, Settings settings) {
    var secrets = new WebhookSecrets(parts.secrets());
    var events =
        new Events(tenant -> services.listeners().audience(tenant, Names.DIALECT), services.ids());
    var hooks = new Webhooks(services, parts, secrets);
    var directory = new Directory(services, stores.programAssets());
    var holders = new Holders(services, stores);
    var balances = new Balances(services);
    var memberships = new Memberships(services, stores, holders);
    var redemptions = new Redemptions(services, stores, directory, holders, events);
    var endpoints =
        new Operations<Caller>()
            .post("createTransfer", TRANSFERS, new Transfers(services, directory, events)::create)
            .and(programs(new Programs(services, holders)))
            .and(assets(new Assets(services, stores, holders)))
            .and(wallets(new Wallets(services, stores, directory, holders, balances, events)))
            .and(participants(new Participants(services, stores, holders, balances, events)))
            .and(lots(new Lots(services, stores, directory, holders)))
            .and(groups(new Groups(services, stores, holders, memberships, balances)))
            .and(members(memberships))
            .and(deliveries(new WebhookDeliveries(services, hooks, parts.deliveries())))
            .and(endpoints(hooks))
            .and(adjustments(new Adjustments(services, directory, holders, balances, events)))
            .and(holdings(new Holdings(services, stores, directory, holders, balances, events)))
            .and(redemptions(redemptions))
            .and(reversals(new Reversals(services, stores, directory, redemptions, events)))
            .and(tags("Participant", PARTICIPANT, Tagging.ofParticipants(holders)))
            .and(tags("Group", GROUP, Tagging.ofGroups(holders)))
            .and(attributes(new Attributes(holders)))
            .get(
                "getExpirationSchedule",
                REPORTS + "/expiration-schedule",
                new Schedules(services, stores, directory, holders)::get)
            .and(journal(new Journal(services, stores, directory, holders, balances)))
            .and(histories(new Histories(services, stores, holders, balances)))
            .and(statements(new Statements(stores, directory, holders)))
            .behind(
                services.turnstile(
                    new Gate(services.credentials(), services.rateLimiter(), settings.published()),
                    Caller::tenant,
                    Errors::fault,
                    "createTransfer",
                    "createRedemption",
                    "reverseRedemption"),
                Caller::principal);
    var demo = new Demo(services, stores, directory);
    super(
        SIGN,
        new Parts(
                endpoints,
                new Administration().operations(),
                List.of(Names.API_KEY),
                demo::demonstrate)
            .withChores(chores(services, stores, directory, events, settings))
            .withClues(Names.CLUES)
            .withReversals(new TransferReversals(services)));
    courier = new WebhookCourier(secrets);
  }

  @Override
  public Optional<Courier> courier() {
    return Optional.of(courier);
  }

  private static Operations<Caller> endpoints(Webhooks hooks) {
    return new Operations<Caller>()
        .post("createWebhookEndpoint", ENDPOINTS, hooks::create)
        .get("listWebhookEndpoints", ENDPOINTS, hooks::list)
        .get("getWebhookEndpoint", ENDPOINT, hooks::get)
        .patch("updateWebhookEndpoint", ENDPOINT, hooks::update)
        .delete("archiveWebhookEndpoint", ENDPOINT, hooks::archive)
        .postNothing("rotateWebhookSecret", ENDPOINT + "/rotate-secret", hooks::rotate);
  }

  private static Operations<Caller> deliveries(WebhookDeliveries deliveries) {
    return new Operations<Caller>()
        .get("listWebhookDeliveryStats", ENDPOINTS + "/delivery-stats", deliveries::stats)
        .get("listWebhookDeliveries", ENDPOINT + "/deliveries", deliveries::list)
        .get("getWebhookDelivery", DELIVERY, deliveries::get)
        .postNothing("retryWebhookDelivery", DELIVERY + "/retry", deliveries::retry)
        .postNothing("resendWebhookDelivery", DELIVERY + "/resend", deliveries::resend);
  }

  private static List<Chore> chores(
      Services services, ScripStores stores, Directory directory, Events events, Settings own) {
    var dueWork = new DueWork(services, stores.dueLots(), directory, events, own.dueAtOnce());
    return List.of(
        new Chore(
            "scrip.lots",
            Duration.ofMillis(own.dueIntervalMs()),
            own.dueSharePercent(),
            dueWork::round),
        directory.ahead());
  }

  private static Operations<Caller> programs(Programs programs) {
    return new Operations<Caller>()
        .post("createProgram", PROGRAMS, programs::create)
        .get("listPrograms", PROGRAMS, programs::list)
        .get("getProgram", PROGRAM, programs::get)
        .patch("updateProgram", PROGRAM, programs::update);
  }

  private static Operations<Caller> assets(Assets assets) {
    return new Operations<Caller>()
        .post("createAsset", ASSETS, assets::create)
        .get("listAssets", ASSETS, assets::list)
        .get("getAsset", ASSET, assets::get)
        .patch("updateAsset", ASSET, assets::update)
        .post("linkAsset", PROGRAM_ASSETS, assets::link)
        .get("listProgramAssets", PROGRAM_ASSETS, assets::listOfProgram)
        .delete("unlinkAsset", PROGRAM_ASSET, assets::unlink);
  }

  private static Operations<Caller> wallets(Wallets wallets) {
    return new Operations<Caller>()
        .get("listProgramBalances", PROGRAM + "/balance", wallets::list)
        .post("fundProgram", PROGRAM_ASSET + "/fund", wallets::fund)
        .post("burnProgram", PROGRAM_ASSET + "/burn", wallets::burn);
  }

  private static Operations<Caller> participants(Participants participants) {
    return new Operations<Caller>()
        .post("upsertParticipant", PARTICIPANTS, participants::upsert)
        .get("listParticipants", PARTICIPANTS, participants::list)
        .get("getParticipant", PARTICIPANT, participants::get)
        .patch("updateParticipant", PARTICIPANT, participants::update)
        .patch("setParticipantStatus", PARTICIPANT + "/status", participants::setStatus)
        .get("listParticipantBalances", PARTICIPANT + "/balances", participants::balances);
  }

  private static Operations<Caller> tags(String whose, String path, Tagging tagging) {
    String all = path + "/state/tags";
    String one = all + "/:tag";
    return new Operations<Caller>()
        .get("list" + whose + "Tags", all, tagging::list)
        .put("set" + whose + "Tags", all, tagging::replace)
        .putNothing("add" + whose + "Tag", one, tagging::add)
        .delete("remove" + whose + "Tag", one, tagging::remove);
  }

  private static Operations<Caller> attributes(Attributes attributes) {
    String all = PARTICIPANT + "/state/attributes";
    return new Operations<Caller>()
        .patch("mergeParticipantAttributes", all, attributes::merge)
        .delete("removeParticipantAttribute", all + "/:key", attributes::remove);
  }

  private static Operations<Caller> journal(Journal journal) {
    return new Operations<Caller>()
        .get("listJournalEntries", JOURNAL, journal::list)
        .get("getJournalEntry", JOURNAL + "/:id", journal::get);
  }

  private static Operations<Caller> histories(Histories histories) {
    return new Operations<Caller>()
        .get("listParticipantHistory", PARTICIPANT + "/activity/history", histories::ofParticipant)
        .get("listProgramHistory", PROGRAM + "/history", histories::ofProgram);
  }

  private static Operations<Caller> statements(Statements statements) {
    return new Operations<Caller>()
        .get("getParticipantStatement", PARTICIPANT + "/statement", statements::ofParticipant)
        .get("getProgramStatement", PROGRAM + "/statement", statements::ofProgram);
  }

  private static Operations<Caller> lots(Lots lots) {
    return new Operations<Caller>()
        .get("listParticipantLots", PARTICIPANT + "/balances/lots", lots::list);
  }

  private static Operations<Caller> adjustments(Adjustments adjustments) {
    return new Operations<Caller>()
        .post(
            "adjustParticipantBalance", PARTICIPANT + "/balances/adjust", adjustments::participant)
        .post("adjustGroupBalance", GROUP + "/balances/adjust", adjustments::group);
  }

  private static Operations<Caller> holdings(Holdings holdings) {
    String participants = PARTICIPANT + "/balances";
    String groups = GROUP + "/balances";
    return new Operations<Caller>()
        .post(
            "holdParticipantBalance",
            participants + "/hold",
            holdings.of(Names.PARTICIPANT, Kind.HOLD))
        .post(
            "releaseParticipantBalance",
            participants + "/release",
            holdings.of(Names.PARTICIPANT, Kind.RELEASE))
        .post(
            "forfeitParticipantBalance",
            participants + "/forfeit",
            holdings.of(Names.PARTICIPANT, Kind.FORFEIT))
        .post(
            "voidParticipantHold",
            participants + "/void-hold",
            holdings.of(Names.PARTICIPANT, Kind.VOID_HOLD))
        .post("holdGroupBalance", groups + "/hold", holdings.of(Names.GROUP, Kind.HOLD))
        .post("releaseGroupBalance", groups + "/release", holdings.of(Names.GROUP, Kind.RELEASE))
        .post("forfeitGroupBalance", groups + "/forfeit", holdings.of(Names.GROUP, Kind.FORFEIT));
  }

  private static Operations<Caller> groups(Groups groups) {
    return new Operations<Caller>()
        .post("createGroup", GROUPS, groups::create)
        .get("listGroups", GROUPS, groups::list)
        .get("getGroup", GROUP, groups::get)
        .patch("updateGroup", GROUP, groups::update)
        .delete("archiveGroup", GROUP, groups::archive)
        .get("listGroupBalances", GROUP + "/balances", groups::balances);
  }

  private static Operations<Caller> members(Memberships members) {
    return new Operations<Caller>()
        .post("addGroupMembers", GROUP + "/members", members::add)
        .get("listGroupMembers", GROUP + "/members", members::list)
        .patch("setGroupMemberRole", MEMBER, members::setRole)
        .delete("removeGroupMember", MEMBER, members::remove);
  }

  private static Operations<Caller> redemptions(Redemptions redemptions) {
    return new Operations<Caller>()
        .post("createRedemption", PARTICIPANT + "/redemptions", redemptions::create)
        .get("listParticipantRedemptions", PARTICIPANT + "/redemptions", redemptions::list)
        .get("getRedemption", REDEMPTION, redemptions::get);
  }

  private static Operations<Caller> reversals(Reversals reversals) {
    return new Operations<Caller>()
        .post("reverseRedemption", REDEMPTION + "/reverse", reversals::reverse)
        .get("listRedemptionReversals", REDEMPTION + "/reversals", reversals::list);
  }
}
