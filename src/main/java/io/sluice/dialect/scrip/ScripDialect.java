package io.sluice.dialect.scrip;

import static io.sluice.dialect.Endpoint.Consumes.JSON;
import static io.sluice.dialect.Endpoint.Consumes.NOTHING;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/** Scrip's API: programmes, assets, participants, groups, and transfers between them. */
public final class ScripDialect implements Dialect {
  private static final List<String> ROOTS =
      List.of("/v1/transfers", "/v1/programs", "/v1/assets", "/v1/participants", "/v1/groups");

  private final Gate gate;
  private final ScripDemo demo;
  private final List<Endpoint> endpoints = new ArrayList<>();

  public ScripDialect(Services services, ScripStores stores, Settings settings) {
    gate = new Gate(services.credentials(), services.rateLimiter(), settings.published());
    var directory = new Directory(services.holders(), services.assets(), stores.programAssets());
    var holders = new Holders(services, stores);
    var balances = new Balances(services);
    var adjustments = new Adjustments(services, directory, holders, balances);
    add("createTransfer", POST, "/v1/transfers", new ScripTransfers(services, directory)::create);
    addPrograms(new Programs(services, holders));
    addAssets(new Assets(services, stores, holders));
    addWallets(new Wallets(services, stores, directory, holders, balances));
    addParticipants(new Participants(services, stores, holders, balances));
    add(
        "listParticipantLots",
        GET,
        "/v1/participants/:id/balances/lots",
        new Lots(stores, directory, holders)::list);
    addGroups(new Groups(services, stores, holders, balances), new Members(stores, holders));
    add(
        "adjustParticipantBalance",
        POST,
        "/v1/participants/:id/balances/adjust",
        adjustments::participant);
    add("adjustGroupBalance", POST, "/v1/groups/:id/balances/adjust", adjustments::group);
    demo = new ScripDemo(services, stores, holders);
  }

  private void addPrograms(Programs programs) {
    add("createProgram", POST, "/v1/programs", programs::create);
    add("listPrograms", GET, "/v1/programs", programs::list);
    add("getProgram", GET, "/v1/programs/:id", programs::get);
    add("updateProgram", PATCH, "/v1/programs/:id", programs::update);
    add("setProgramStatus", PATCH, "/v1/programs/:id/status", programs::setStatus);
  }

  private void addAssets(Assets assets) {
    add("createAsset", POST, "/v1/assets", assets::create);
    add("listAssets", GET, "/v1/assets", assets::list);
    add("getAsset", GET, "/v1/assets/:id", assets::get);
    add("updateAsset", PATCH, "/v1/assets/:id", assets::update);
    addBodiless("linkAsset", POST, "/v1/programs/:id/assets/:assetId", assets::link);
  }

  private void addWallets(Wallets wallets) {
    add("listProgramBalances", GET, "/v1/programs/:id/balances", wallets::list);
    add("fundProgram", POST, "/v1/programs/:id/assets/:assetId/fund", wallets::fund);
    add("burnProgram", POST, "/v1/programs/:id/assets/:assetId/burn", wallets::burn);
  }

  private void addParticipants(Participants participants) {
    String one = "/v1/participants/:id";
    add("upsertParticipant", POST, "/v1/participants", participants::upsert);
    add("listParticipants", GET, "/v1/participants", participants::list);
    add("getParticipant", GET, one, participants::get);
    add("setParticipantStatus", PATCH, one + "/status", participants::setStatus);
    add("listParticipantBalances", GET, one + "/balances", participants::balances);
  }

  private void addGroups(Groups groups, Members members) {
    String one = "/v1/groups/:id";
    add("createGroup", POST, "/v1/groups", groups::create);
    add("listGroups", GET, "/v1/groups", groups::list);
    add("getGroup", GET, one, groups::get);
    add("setGroupStatus", PATCH, one + "/status", groups::setStatus);
    add("listGroupBalances", GET, one + "/balances", groups::balances);
    add("addGroupMember", POST, one + "/members", members::add);
    add("listGroupMembers", GET, one + "/members", members::list);
    add("removeGroupMember", DELETE, one + "/members/:participantId", members::remove);
  }

  /** Everything that is sent with POST or PATCH has a JSON body. */
  private void add(String operation, HttpMethod method, String path, Gate.Handler handler) {
    boolean body = method == POST || method == PATCH;
    endpoints.add(
        Endpoint.open(operation, method, path, body ? JSON : NOTHING, gate.guard(handler)));
  }

  private void addBodiless(String operation, HttpMethod method, String path, Gate.Handler handler) {
    endpoints.add(Endpoint.open(operation, method, path, NOTHING, gate.guard(handler)));
  }

  @Override
  public String name() {
    return Names.DIALECT;
  }

  @Override
  public String title() {
    return "Scrip: POST /v1/transfers";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  @Override
  public boolean owns(String path) {
    for (String root : ROOTS) {
      if (Text.isPathUnder(root, path)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Answer fault(Fault fault) {
    return Faults.of(fault);
  }

  @Override
  public Future<String> demonstrate(Demonstration demonstration) {
    return demo.prepare(demonstration);
  }
}
