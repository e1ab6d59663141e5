package io.sluice.dialect.scrip;

import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.store.scrip.ScripStores;
import java.util.List;

/** Scrip's API: programmes, assets, participants, groups, and transfers between them. */
public final class ScripDialect extends Room {
  private static final String TRANSFERS = "/v1/transfers";
  private static final String PROGRAMS = "/v1/programs";
  private static final String PROGRAM = PROGRAMS + "/:id";
  private static final String PROGRAM_ASSET = PROGRAM + "/assets/:assetId";
  private static final String ASSETS = "/v1/assets";
  private static final String ASSET = ASSETS + "/:id";
  private static final String PARTICIPANTS = "/v1/participants";
  private static final String PARTICIPANT = PARTICIPANTS + "/:id";
  private static final String GROUPS = "/v1/groups";
  private static final String GROUP = GROUPS + "/:id";
  private static final List<String> ROOTS =
      List.of(TRANSFERS, PROGRAMS, ASSETS, PARTICIPANTS, GROUPS);

  private static final Sign SIGN =
      new Sign(
          Names.DIALECT,
          "Scrip: POST " + TRANSFERS,
          path -> ROOTS.stream().anyMatch(root -> Text.isPathUnder(root, path)),
          Errors::fault);

  public ScripDialect(Services services, ScripStores stores, Settings settings) {
    var directory = new Directory(services, stores.programAssets());
    var holders = new Holders(services, stores);
    var balances = new Balances(services);
    var adjustments = new Adjustments(services, directory, holders, balances);
    var endpoints =
        new Operations<Caller>()
            .post("createTransfer", TRANSFERS, new Transfers(services, directory)::create)
            .and(programs(new Programs(services, holders)))
            .and(assets(new Assets(services, stores, holders)))
            .and(wallets(new Wallets(services, stores, directory, holders, balances)))
            .and(participants(new Participants(services, stores, holders, balances)))
            .get(
                "listParticipantLots",
                PARTICIPANT + "/balances/lots",
                new Lots(services, stores, directory, holders)::list)
            .and(groups(new Groups(services, stores, holders, balances)))
            .and(members(new Memberships(services, stores, holders)))
            .post(
                "adjustParticipantBalance",
                PARTICIPANT + "/balances/adjust",
                adjustments::participant)
            .post("adjustGroupBalance", GROUP + "/balances/adjust", adjustments::group)
            .behind(
                services.turnstile(
                    new Gate(services.credentials(), services.rateLimiter(), settings.published()),
                    Caller::tenant,
                    Errors::fault,
                    "createTransfer"),
                Caller::principal);
    var demo = new Demo(services, stores, directory);
    super(
        SIGN,
        new Parts(
            endpoints, new Administration().operations(), List.of(Names.API_KEY), demo::prepare));
  }

  private static Operations<Caller> programs(Programs programs) {
    return new Operations<Caller>()
        .post("createProgram", PROGRAMS, programs::create)
        .get("listPrograms", PROGRAMS, programs::list)
        .get("getProgram", PROGRAM, programs::get)
        .patch("updateProgram", PROGRAM, programs::update)
        .patch("setProgramStatus", PROGRAM + "/status", programs::setStatus);
  }

  private static Operations<Caller> assets(Assets assets) {
    return new Operations<Caller>()
        .post("createAsset", ASSETS, assets::create)
        .get("listAssets", ASSETS, assets::list)
        .get("getAsset", ASSET, assets::get)
        .patch("updateAsset", ASSET, assets::update)
        .postNothing("linkAsset", PROGRAM_ASSET, assets::link);
  }

  private static Operations<Caller> wallets(Wallets wallets) {
    return new Operations<Caller>()
        .get("listProgramBalances", PROGRAM + "/balances", wallets::list)
        .post("fundProgram", PROGRAM_ASSET + "/fund", wallets::fund)
        .post("burnProgram", PROGRAM_ASSET + "/burn", wallets::burn);
  }

  private static Operations<Caller> participants(Participants participants) {
    return new Operations<Caller>()
        .post("upsertParticipant", PARTICIPANTS, participants::upsert)
        .get("listParticipants", PARTICIPANTS, participants::list)
        .get("getParticipant", PARTICIPANT, participants::get)
        .patch("setParticipantStatus", PARTICIPANT + "/status", participants::setStatus)
        .get("listParticipantBalances", PARTICIPANT + "/balances", participants::balances);
  }

  private static Operations<Caller> groups(Groups groups) {
    return new Operations<Caller>()
        .post("createGroup", GROUPS, groups::create)
        .get("listGroups", GROUPS, groups::list)
        .get("getGroup", GROUP, groups::get)
        .patch("setGroupStatus", GROUP + "/status", groups::setStatus)
        .get("listGroupBalances", GROUP + "/balances", groups::balances);
  }

  private static Operations<Caller> members(Memberships members) {
    return new Operations<Caller>()
        .post("addGroupMember", GROUP + "/members", members::add)
        .get("listGroupMembers", GROUP + "/members", members::list)
        .delete("removeGroupMember", GROUP + "/members/:participantId", members::remove);
  }
}
