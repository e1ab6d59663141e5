package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.events.Receiver;
import io.sluice.testing.Await;
import io.sluice.testing.GatewayProcess;
import io.sluice.testing.Patience;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's process is killed after transfers were committed, and before anybody was told. */
class EventsOutliveGatewayTest {
  private static final int TRANSFERS = 20;

  private static final Pattern CALL =
      Pattern.compile("(http://[^ ]+)/v1/transfers.*X-API-Key: ([^']+)'.* -d '([^']+)'");

  @TempDir Path directory;

  private final TestDatabase database = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx();
  private final Receiver receiver = Receiver.start(vertx);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    Await.result(vertx.close());
    database.close();
  }

  @Test
  void whatWasCommittedIsToldByTheNextGatewayWithSignaturesThatVerify() throws Exception {
    // Given a gateway that cannot look for what is due
    var told = new TreeSet<String>();
    String secret;
    try (GatewayProcess first = start();
        Connection other = database.roles().owner().dataSource().getConnection()) {
      Matcher call = CALL.matcher(first.awaitServing().call("/v1/transfers"));
      assertThat(call.find()).isTrue();
      String body =
          "{\"url\":\"" + receiver.url() + "\",\"enabled_events\":[\"transfer.completed\"]}";
      secret =
          post(call.group(1) + "/v1/webhook-endpoints", call.group(2), body, 201)
              .get("secret")
              .asText();
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE event_circuit IN ACCESS EXCLUSIVE MODE");
      for (int i = 0; i < TRANSFERS; i++) {
        String transfer = call.group(3).replaceFirst(", *\"idempotency_key\":\"$", "}");
        told.add(
            post(call.group(1) + "/v1/transfers", call.group(2), transfer, 200)
                .get("journal_entry_id")
                .asText());
      }

      // When
      first.kill();
    }

    // Then
    assertThat(told).hasSize(TRANSFERS);
    assertThat(receiver.heard()).isEmpty();
    try (GatewayProcess second = start()) {
      second.awaitServing();
      Waiting.until(() -> heard().containsAll(told));
    }
    assertThat(heard()).isEqualTo(told);
    for (Receiver.Heard each : receiver.heard()) {
      requireSigned(secret, each);
    }
  }

  private Set<String> heard() {
    return receiver.bodies().stream()
        .map(body -> Json.parse(body).get("data").get("journal_entry_id").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonNode post(String url, String key, String body, int status) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Patience.LIMIT)
            .header("X-API-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Json.parse(response.body());
  }

  private static void requireSigned(String secret, Receiver.Heard heard) throws Exception {
    String signature = heard.headers().get("Scrip-Signature");
    String time = signature.replaceAll("^t=(\\d+),.*", "$1");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] code = mac.doFinal((time + "." + heard.body()).getBytes(StandardCharsets.UTF_8));
    assertThat(signature).isEqualTo("t=" + time + ",v1=" + HexFormat.of().formatHex(code));
  }

  private GatewayProcess start() {
    return GatewayProcess.start(
        directory,
        Map.of(
            "SLUICE_EVENTS_ALLOWED_NETWORKS", "127.0.0.1/32",
            "SLUICE_SCRIP_RATE_LIMIT_PER_SECOND", "0",
            "DATABASE_URL", database.url()));
  }
}
