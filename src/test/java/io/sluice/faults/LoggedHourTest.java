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
  private static final int BAD = 400;
  private static final int DENIED = 401;
  private static final int UNKNOWN = 404;
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
        assertLogged(gateway.printed().stream().map(LoggedHourTest::parsed).toList());
        assertAudited(records(postgres).stream().map(LoggedHourTest::parsed).toList());
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
    refused(login(client, FORGED, "wrong"), DENIED);
    while (login(client, "guessed", "wrong").status() != LOCKED) {
      // Somebody tries one password after the other.
    }
    String secret = "{\"client_id\":\"nobody\",\"client_secret\":\"wrong\"}";
    refused(client.post("/oauth/token", secret), DENIED);
    refused(client.with("Authorization", "Bearer nonsense").get("/v1/ledgers"), DENIED);
    refused(client.with("X-API-Key", "sk_nonsense").post("/v1/transfers", "{}"), DENIED);
    refused(client.with("X-Client-Secret", "nonsense").get("/registry/v0/transfers"), DENIED);
    refused(client.get("/v1/%0aforged%1b"), UNKNOWN);
    refused(client.post("/v1/authenticate", "{"), BAD);
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
    refused(refused, UNPROCESSABLE);
  }

  private static void refused(Reply reply, int status) {
    assertThat(reply.status()).as(reply::toString).isEqualTo(status);
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

  /** A line of a log, or a record of the audit, which fits the schema. */
  private static JsonNode parsed(String line) {
    LogSchema.assertFits(line);
    return Json.parse(Buffer.buffer(line));
  }

  private static void assertLogged(List<JsonNode> lines) {
    assertThat(lines)
        .extracting(line -> line.path("message").textValue())
        .anyMatch(message -> message.startsWith("PostgreSQL is lost"))
        .anyMatch(message -> message.startsWith("PostgreSQL is back"));
    assertThat(lines)
        .filteredOn(line -> line.path("log.logger").textValue().equals("sluice.access"))
        .anyMatch(line -> line.has("sluice.transfer") && line.has("sluice.credential"))
        .extracting(LoggedHourTest::answer)
        .contains(
            "corebanq 200",
            "corebanq 401",
            "corebanq 422",
            "corebanq 423",
            "isometric 401",
            "orum 401",
            "scrip 401");
  }

  private static String answer(JsonNode line) {
    return line.path("sluice.dialect").asText() + " " + line.path("http.response.status_code");
  }

  private static void assertAudited(List<JsonNode> records) {
    assertThat(records)
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
    assertThat(records)
        .extracting(record -> record.path("user.name").textValue())
        .contains("evil\n{\"forged\":1}\u202e\u001b[2K");
  }
}
