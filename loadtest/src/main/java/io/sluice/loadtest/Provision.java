package io.sluice.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sets a gateway up to be loaded, through its public and its management port. */
final class Provision {
  private static final long OVERDRAFT_LIMIT = 1_000_000_000_000L;
  private static final String AUTHORIZATION = "Authorization";

  private final HttpClient client = HttpClient.newHttpClient();
  private final int httpPort;
  private final Api administration;

  Provision(int httpPort, int managementPort, String adminToken) {
    this.httpPort = httpPort;
    this.administration = new Api(client, managementPort, AUTHORIZATION, "Bearer " + adminToken);
  }

  /** A new tenant with a user and so many empty ledgers that may go far into the red. */
  Target ledgers(String tenant, int count) throws Exception {
    String token = token(tenant(tenant), tenant);
    String currency = UUID.randomUUID().toString();
    List<UUID> ledgers =
        new Api(client, httpPort, AUTHORIZATION, "Bearer " + token)
            .many(
                count,
                i -> "/v1/ledgers",
                i ->
                    """
                    {"code":"load-%d","description":"load","type":"liability","currency_id":"%s",\
                    "currency_code":"USD","overdraft_enabled":true,"overdraft_limit":%d}\
                    """
                        .formatted(i, currency, OVERDRAFT_LIMIT),
                created -> id(created.get("ledger")));
    return new Target(httpPort, token, ledgers);
  }

  /** A bearer token for ledgers, of a new user. It lasts an hour. */
  String token(int tenant) throws Exception {
    return token("/admin/tenants/" + tenant, UUID.randomUUID().toString());
  }

  private String token(String tenantPath, String user) throws Exception {
    String login = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, UUID.randomUUID());
    administration.post(tenantPath + "/credentials/users", login);
    return new Api(client, httpPort, AUTHORIZATION, "")
        .post("/v1/authenticate", login)
        .get("access_token")
        .textValue();
  }

  /**
   * A new tenant with an enterprise that has so many cents, and a client that may do all of this.
   */
  Api enterprise(String tenant, long cents) throws Exception {
    String path = tenant(tenant);
    JsonNode secret =
        administration.post(
            path + "/credentials/oauth-clients",
            """
            {"label":"load","scopes":["write:booktransfers","write:subledgers","write:reports",\
            "read:reports","write:webhook-configurations"]}\
            """);
    administration.post(
        path + "/orum/enterprise/funding", "{\"reference\":\"all\",\"amount\":" + cents + "}");
    String token =
        new Api(client, httpPort, AUTHORIZATION, "")
            .post(
                "/oauth/token",
                "{\"client_id\":\"%s\",\"client_secret\":\"%s\"}"
                    .formatted(
                        secret.get("client_id").textValue(),
                        secret.get("client_secret").textValue()))
            .get("access_token")
            .textValue();
    var version = Map.of("Orum-Version", "v2022-09-21");
    return new Api(client, httpPort, AUTHORIZATION, "Bearer " + token, version);
  }

  /** A new tenant with a program, an asset, and so many participants with ample balances. */
  ScripTarget participants(String tenant, int count) throws Exception {
    String apiKey =
        administration
            .post(tenant(tenant) + "/credentials/api-keys", "{\"label\":\"load\"}")
            .get("api_key")
            .textValue();
    var api = new Api(client, httpPort, "X-API-Key", apiKey);
    String program = api.post("/v1/programs", "{\"name\":\"load\"}").get("id").textValue();
    String asset =
        api.post(
                "/v1/assets",
                """
                {"program_id":"%s","name":"Points","symbol":"PTS","inventory_mode":"SIMPLE",\
                "issuance_policy":"UNLIMITED","scale":2}\
                """
                    .formatted(program))
            .get("id")
            .textValue();
    List<UUID> participants =
        api.many(
            count,
            i -> "/v1/participants",
            i -> "{\"external_id\":\"load-%d\"}".formatted(i),
            Provision::id);
    String credit =
        """
        {"program_id":"%s","asset_id":"%s","type":"CREDIT","amount":"100000000",\
        "description":"load"}\
        """
            .formatted(program, asset);
    api.many(
        count,
        i -> "/v1/participants/" + participants.get(i) + "/balances/adjust",
        i -> credit,
        JsonNode::toString);
    return new ScripTarget(httpPort, apiKey, program, asset, participants);
  }

  private String tenant(String name) throws Exception {
    int id =
        administration.post("/admin/tenants", "{\"name\":\"" + name + "\"}").get("id").intValue();
    return "/admin/tenants/" + id;
  }

  private static UUID id(JsonNode created) {
    return UUID.fromString(created.get("id").textValue());
  }
}
