package io.sluice.loadtest.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatling.javaapi.core.ChainBuilder;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Book transfers between subledgers. */
final class OrumLoad implements DialectSimulation.Step {
  private static final String VERSION = "v2022-09-21";

  private final String token;
  private final Pairs pairs;

  OrumLoad() {
    var site = new Site("gatling-orum");
    site.administer("/orum/enterprise", "{\"name\":\"Load\",\"reference\":\"load\"}");
    site.administer(
        "/orum/enterprise/funding", "{\"amount\":1000000000000000,\"reference\":\"load\"}");
    JsonNode client =
        site.administer(
            "/credentials/oauth-clients",
            "{\"label\":\"load\",\"scopes\":[\"write:booktransfers\",\"write:subledgers\"]}");
    token =
        site.post(
                "/oauth/token",
                "{\"client_id\":\"%s\",\"client_secret\":\"%s\"}"
                    .formatted(
                        client.get("client_id").textValue(),
                        client.get("client_secret").textValue()),
                Map.of())
            .get("access_token")
            .textValue();
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + token, "Orum-Version", VERSION);
    List<String> subledgers =
        site.many(
            Options.ACCOUNTS,
            "/deliver/subledgers",
            i ->
                "{\"subledger_reference_id\":\"load-%d\",\"customer_reference_id\":\"load\"}"
                    .formatted(i),
            headers,
            created -> created.at("/subledger/subledger_reference_id").textValue());
    site.many(
        subledgers.size(),
        "/deliver/booktransfers",
        i ->
            """
            {"book_transfer_reference_id":"%s","amount":10000000,"currency":"USD",\
            "destination":{"subledger_reference_id":"%s"}}\
            """
                .formatted(UUID.randomUUID(), subledgers.get(i)),
        headers,
        JsonNode::toString);
    pairs = new Pairs(subledgers);
  }

  @Override
  public ChainBuilder named(String name) {
    return feed(Endless.of(pairs::next))
        .exec(
            http(name)
                .post("/deliver/booktransfers")
                .header("Authorization", "Bearer " + token)
                .header("Orum-Version", VERSION)
                .body(
                    StringBody(
                        "{\"book_transfer_reference_id\":\"#{key}\",\"amount\":1,\"currency\":\"USD\","
                            + "\"source\":{\"subledger_reference_id\":\"#{source}\"},"
                            + "\"destination\":{\"subledger_reference_id\":\"#{destination}\"}}"))
                .check(status().is(200), jsonPath("$.book_transfer.status").is("completed")));
  }
}
