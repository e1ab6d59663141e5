package io.sluice.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/** Sets a gateway up for the ledger API, through its public and its management port. */
final class Provision {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALLS_AT_ONCE = 128;
  private static final long OVERDRAFT_LIMIT = 1_000_000_000_000L;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int httpPort;
  private final int managementPort;
  private final String adminToken;

  Provision(int httpPort, int managementPort, String adminToken) {
    this.httpPort = httpPort;
    this.managementPort = managementPort;
    this.adminToken = adminToken;
  }

  /** A new tenant with a user and so many empty ledgers that may go far into the red. */
  Target ledgers(String tenant, int count) throws Exception {
    String password = UUID.randomUUID().toString();
    int id =
        call(managementPort, "/admin/tenants", adminToken, "{\"name\":\"" + tenant + "\"}")
            .get("id")
            .intValue();
    call(
        managementPort,
        "/admin/tenants/" + id + "/credentials/users",
        adminToken,
        "{\"username\":\"" + tenant + "\",\"password\":\"" + password + "\"}");
    String token = authenticate(tenant, password);
    return new Target(httpPort, token, create(token, count));
  }

  private String authenticate(String user, String password) throws Exception {
    String body = "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
    return call(httpPort, "/v1/authenticate", "", body).get("access_token").textValue();
  }

  private List<UUID> create(String token, int count)
      throws InterruptedException, ExecutionException {
    var permits = new Semaphore(CALLS_AT_ONCE);
    String currency = UUID.randomUUID().toString();
    var pending = new ArrayList<CompletableFuture<UUID>>(count);
    for (int i = 0; i < count; i++) {
      permits.acquire();
      String body =
          """
          {"code":"load-%d","description":"load","type":"liability","currency_id":"%s",\
          "currency_code":"USD","overdraft_enabled":true,"overdraft_limit":%d}\
          """
              .formatted(i, currency, OVERDRAFT_LIMIT);
      pending.add(
          client
              .sendAsync(
                  request(httpPort, "/v1/ledgers", token, body),
                  HttpResponse.BodyHandlers.ofString())
              .thenApply(Provision::ledgerId)
              .whenComplete((id, failure) -> permits.release()));
    }
    var ledgers = new ArrayList<UUID>(count);
    for (CompletableFuture<UUID> each : pending) {
      ledgers.add(each.get());
    }
    return ledgers;
  }

  private static UUID ledgerId(HttpResponse<String> response) {
    return UUID.fromString(body(response).get("ledger").get("id").textValue());
  }

  private JsonNode call(int port, String path, String token, String body)
      throws IOException, InterruptedException {
    return body(
        client.send(request(port, path, token, body), HttpResponse.BodyHandlers.ofString()));
  }

  private static JsonNode body(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          response.uri().getPath() + ": " + response.statusCode() + " " + response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest request(int port, String path, String token, String body) {
    var builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder.build();
  }
}
