package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.sluice.testing.Reply;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each refusal that operations on value have in common, of each of these operations: whatever moves
 * value looks at the same things.
 */
class ValueRefusalsTest {
  private static final String NOBODY = UUID.randomUUID().toString();
  private static final String LITTLE = "1";
  private static final String MUCH = "1000";

  /** What moves value. */
  enum Operation {
    CREDIT("participants", "adjust", "'type':'CREDIT','amount':'%s'"),
    DEBIT("participants", "adjust", "'type':'DEBIT','amount':'%s'"),
    HOLD("participants", "hold", "'amount':'%s'"),
    RELEASE("participants", "release", "'amount':'%s'"),
    FORFEIT("participants", "forfeit", "'bucket':'AVAILABLE','amount':'%s'"),
    VOID_HOLD("participants", "void-hold", "'reference_id':'r'"),
    GROUP_CREDIT("groups", "adjust", "'type':'CREDIT','amount':'%s'"),
    GROUP_DEBIT("groups", "adjust", "'type':'DEBIT','amount':'%s'"),
    GROUP_HOLD("groups", "hold", "'amount':'%s'"),
    GROUP_RELEASE("groups", "release", "'amount':'%s'"),
    GROUP_FORFEIT("groups", "forfeit", "'bucket':'AVAILABLE','amount':'%s'"),
    REDEEM("participants", "redemptions", "'amount':'%s'"),
    TRANSFER("participants", "transfers", ""),
    GROUP_TRANSFER("groups", "transfers", ""),
    FUND("programs", "fund", "'amount':'%s'"),
    BURN("programs", "burn", "'amount':'%s'");

    private final String holders;
    private final String name;
    private final String members;

    Operation(String holders, String name, String members) {
      this.holders = holders;
      this.name = name;
      this.members = members;
    }

    private boolean isOfWallet() {
      return holders.equals("programs");
    }

    private boolean isOfGroup() {
      return holders.equals("groups");
    }
  }

  private static ScripFixture scrip;
  private static Things things;
  private static Things archived;
  private static Things capped;
  private static String recipient;
  private static String unlinked;
  private static String suspended;

  /** Whoever has something of an asset, and the asset; wallets have another one. */
  private record Things(String asset, String prefunded, String participant, String group) {
    static Things make(String ceiling) {
      var made =
          new Things(
              scrip.asset("LOT", "UNLIMITED", 2, ceiling),
              scrip.asset("SIMPLE", "PREFUNDED", 2, ceiling),
              scrip.participant(),
              scrip.group());
      for (String bucket : new String[] {"", ",'bucket':'HELD'"}) {
        ok(scrip.adjust("participants", made.participant, made.asset, "CREDIT", "5", bucket));
        ok(scrip.adjust("groups", made.group, made.asset, "CREDIT", "5", bucket));
      }
      ok(scrip.client.post(wallet(scrip.program, made.prefunded, "fund"), json("{'amount':'5'}")));
      return made;
    }

    String asset(Operation operation) {
      return operation.isOfWallet() ? prefunded : asset;
    }

    String holder(Operation operation) {
      return operation.isOfGroup() ? group : participant;
    }
  }

  @BeforeAll
  static void prepare() {
    scrip = new ScripFixture();
    things = Things.make(null);
    capped = Things.make("10");
    archived = Things.make(null);
    recipient = scrip.participant();
    unlinked = scrip.program();
    suspended = scrip.program();
    scrip.link(suspended, things.asset);
    scrip.link(suspended, things.prefunded);
    scrip.programStatus(suspended, "SUSPENDED");
    for (String asset : new String[] {archived.asset, archived.prefunded}) {
      ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{'status':'ARCHIVED'}")));
    }
  }

  private static String wallet(String program, String asset, String name) {
    return "/v1/programs/" + program + "/assets/" + asset + "/" + name;
  }

  private static Reply send(
      Operation operation, String program, String asset, String holder, String amount) {
    String members = operation.members.formatted(amount);
    if (operation.isOfWallet()) {
      return scrip.client.post(wallet(program, asset, operation.name), json("{%s}", members));
    }
    String named = json("'program_id':'%s','asset_id':'%s','description':'test'", program, asset);
    if (operation.name.equals("transfers")) {
      String source = operation.isOfGroup() ? "source_group_id" : "source_participant_id";
      return scrip.client.post(
          "/v1/transfers",
          json(
              "{%s,'%s':'%s','recipients':[%s]}",
              named, source, holder, ScripFixture.row("participant_id", recipient, amount)));
    }
    String path = operation.name.equals("redemptions") ? "/redemptions" : "/balances/";
    return scrip.client.post(
        "/v1/" + operation.holders + "/" + holder + path.replaceAll("/$", "/" + operation.name),
        json("{%s,%s}", named, members));
  }

  private static Reply send(Operation operation, String program, Things of, String amount) {
    return send(operation, program, of.asset(operation), of.holder(operation), amount);
  }

  @ParameterizedTest
  @EnumSource
  void aProgramIsKnown(Operation operation) {
    refused(send(operation, NOBODY, things, LITTLE), 404, "not_found");
    refused(send(operation, things.participant, things, LITTLE), 404, "not_found");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramIsActive(Operation operation) {
    refused(send(operation, suspended, things, LITTLE), 409, "program_inactive");
  }

  @ParameterizedTest
  @EnumSource
  void anAssetIsKnown(Operation operation) {
    String holder = things.holder(operation);
    refused(send(operation, scrip.program, NOBODY, holder, LITTLE), 404, "not_found");
  }

  @ParameterizedTest
  @EnumSource
  void anAssetIsLinked(Operation operation) {
    refused(send(operation, unlinked, things, LITTLE), 400, "asset_not_linked");
  }

  @ParameterizedTest
  @EnumSource
  void anAssetIsActive(Operation operation) {
    refused(send(operation, scrip.program, archived, LITTLE), 409, "asset_inactive");
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "VOID_HOLD")
  void anAmountFitsTheScale(Operation operation) {
    refused(send(operation, scrip.program, things, "0.001"), 400, "invalid_scale");
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "VOID_HOLD")
  void anAmountIsOne(Operation operation) {
    for (String amount : new String[] {"0", "-1", "1e2", "", "x"}) {
      refused(send(operation, scrip.program, things, amount), 400, "bad_request");
    }
  }

  /** What only changes its place is no debit or credit. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "CREDIT",
        "DEBIT",
        "GROUP_CREDIT",
        "GROUP_DEBIT",
        "REDEEM",
        "TRANSFER",
        "GROUP_TRANSFER"
      })
  void aDebitAndACreditStayBelowTheCeiling(Operation operation) {
    refused(
        send(operation, scrip.program, capped, "10.01"), 400, "max_transaction_amount_exceeded");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EXCLUDE,
      names = {"CREDIT", "GROUP_CREDIT", "FUND", "VOID_HOLD", "RELEASE", "GROUP_RELEASE"})
  void whatIsTakenIsThere(Operation operation) {
    refused(send(operation, scrip.program, things, MUCH), 422, "insufficient_balance");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EXCLUDE,
      names = {"FUND", "BURN"})
  void aHolderIsKnown(Operation operation) {
    String asset = things.asset;
    refused(send(operation, scrip.program, asset, NOBODY, LITTLE), 404, "not_found");
    String other = operation.isOfGroup() ? things.participant : things.group;
    refused(send(operation, scrip.program, asset, other, LITTLE), 404, "not_found");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EXCLUDE,
      names = {"FUND", "BURN"})
  void aHolderIsActive(Operation operation) {
    Things idle = Things.make(null);
    scrip.participantStatus(idle.participant, "SUSPENDED");
    scrip.archiveGroup(idle.group);

    Reply reply = send(operation, scrip.program, idle, LITTLE);

    refused(reply, 409, operation.isOfGroup() ? "group_inactive" : "participant_inactive");
  }
}
