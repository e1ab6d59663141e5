package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.testing.GatewayProcess;
import io.sluice.testing.LogSchema;
import io.sluice.testing.Reply;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.TestClient;
import io.sluice.testing.Waiting;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What may happen in an hour: logins right and wrong, transfers, refusals of all four dialects,
 * administration and a restart of PostgreSQL. Whatever the process prints meanwhile, from its first
 * line to its last, and whatever is audited fits the published schema.
 */
class LoggedHourTest {
  private static final int OK = 200;
  private static final int UNPROCESSABLE = 422;
  private static final int LOCKED = 423;
  private static final int UNAVAILABLE = 503;
  private static final String TOKEN = "an-admin-token-for-tests";
  private static final String FORGED = "evil\\n{\\\"forged\\\":1}\\u202e\\u001b[2K";

  private static final String LEDGER =
      """
      {"code":"%s","description":"d","type":"liability","currency_code":"CHF",
       "currency_id":"978a0000-0000-4000-8000-000000000000"}
      """;

  private static final String TRANSFER =
      "{\"destination_ledger_id\":\"%s\",\"amount\":7,\"transaction_id\":\"%s\"}";

  @TempDir Path directory;
  private final TransferLoad load = new TransferLoad();

  @Test
  void everyLineAndEveryRecordFitsTheSchema() {
    try (OwnPostgres postgres = new OwnPostgres(directory)) {
      // Given
      Map<String, String> environment = new HashMap<>(postgres.environment());
      environment.put("SLUICE_LOG_FORMAT", "json");
      environment.put("SLUICE_HTTP_ACCESS_LOG", "true");
      environment.put("SLUICE_MANAGEMENT_ADMIN_TOKEN", TOKEN);
      environment.put("SLUICE_PORT", "tcp://10.0.0.7:8080");
      try (GatewayProcess gateway = GatewayProcess.start(directory, environment)) {
        load.aimAt(gateway.awaitServing());

        // When
        useEverything(gateway);
        postgres.kill();
        Waiting.until(() -> Readiness.of(gateway) == UNAVAILABLE);
        postgres.startAgain();
        Waiting.until(() -> Readiness.of(gateway) == OK);
        transfers();
        gateway.terminate();

        // Then
        assertThat(gateway.exitCode()).isZero();
        gateway.printed().forEach(LogSchema::assertFits);
        assertThat(gateway.printed())
            .anyMatch(line -> line.contains("PostgreSQL is lost"))
            .anyMatch(line -> line.contains("\"sluice.transfer\":"))
            .anyMatch(line -> line.contains("\"sluice.credential\":"))
            .anyMatch(line -> line.contains("\"http.response.status_code\":422"));
        assertAudited(records(postgres));
      }
    } finally {
      load.close();
    }
  }

  private void transfers() {
    int before = load.acknowledged();
    load.start(1);
    Waiting.until(() -> load.acknowledged() > before);
  }

  private void useEverything(GatewayProcess gateway) {
    TestClient admin =
        TestClient.of(gateway.managementUrl(), ReplyCheck.NONE)
            .with("Authorization", "Bearer " + TOKEN);
    JsonNode tenants = admin.get("/admin/tenants").json().path("tenants");
    String tenant = "/admin/tenants/" + tenants.get(0).path("id").intValue();
    Reply clerk =
        admin.post(
            tenant + "/credentials/users",
            "{\"username\":\"clerk\",\"password\":\"correct horse\"}");
    Reply funded =
        admin.post(
            tenant + "/orum/enterprise/funding",
            "{\"reference\":\"hour\",\"amount\":77,\"currency\":\"usd\"}");
    assertThat(funded.status()).as(funded.text()).isEqualTo(OK);
    TestClient.of(gateway.managementUrl(), ReplyCheck.NONE).get("/admin/tenants");
    String base = gateway.call("/v1/ledgers/").replaceAll(".*(http://[^/]+)/v1/ledgers.*", "$1");
    TestClient client = TestClient.of(base, ReplyCheck.NONE);
    Reply session = login(client, "clerk", "correct horse");
    assertThat(session.status()).isEqualTo(OK);
    login(client, FORGED, "wrong");
    while (login(client, "guessed", "wrong").status() != LOCKED) {
      // Somebody tries one password after the other.
    }
    client.post("/oauth/token", "{\"client_id\":\"nobody\",\"client_secret\":\"wrong\"}");
    client.with("Authorization", "Bearer nonsense").get("/v1/ledgers");
    client.with("X-API-Key", "sk_nonsense").post("/v1/transfers", "{}");
    client.with("X-Client-Secret", "nonsense").get("/registry/v0/transfers");
    client.get("/v1/%0aforged%1b");
    client.post("/v1/authenticate", "{");
    refusedTransfer(client.with("Authorization", "Bearer " + text(session, "access_token")));
    transfers();
    String users = tenant + "/credentials/users/";
    assertThat(admin.send("DELETE", users + text(clerk, "id"), "").status()).isEqualTo(204);
  }

  private static void refusedTransfer(TestClient clerk) {
    List<String> ledgers = new ArrayList<>();
    for (String code : List.of("poor", "rich")) {
      Reply opened = clerk.post("/v1/ledgers", LEDGER.formatted(code));
      ledgers.add(opened.json().at("/ledger/id").textValue());
    }
    Reply refused =
        clerk.post(
            "/v1/ledgers/" + ledgers.get(0) + "/transfer",
            TRANSFER.formatted(ledgers.get(1), UUID.randomUUID()));
    assertThat(refused.status()).as(refused.text()).isEqualTo(UNPROCESSABLE);
  }

  private static String text(Reply reply, String member) {
    return reply.json().path(member).textValue();
  }

  private static Reply login(TestClient client, String name, String password) {
    return client.post(
        "/v1/authenticate", "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}");
  }

  private static List<String> records(OwnPostgres postgres) {
    try (Connection connection = postgres.server().roles().owner().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT record FROM audit ORDER BY id")) {
      List<String> records = new ArrayList<>();
      while (rows.next()) {
        records.add(rows.getString(1));
      }
      return records;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertAudited(List<String> records) {
    records.forEach(LogSchema::assertFits);
    List<JsonNode> parsed =
        records.stream().map(record -> Json.parse(Buffer.buffer(record))).toList();
    assertThat(parsed)
        .extracting(record -> record.path("event.action").textValue())
        .contains(
            "createUser",
            "revokeUser",
            "orumFundEnterprise",
            "listTenants",
            "signed_in",
            "login_refused",
            "login_locked",
            "client_refused");
    assertThat(parsed)
        .extracting(record -> record.path("user.name").textValue())
        .contains("evil\n{\"forged\":1}\u202e\u001b[2K");
  }
}
