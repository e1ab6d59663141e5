package io.sluice.loadtest.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatling.javaapi.core.ChainBuilder;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;

/** Transfers between participants: one recipient or a hundred, SIMPLE or LOT. */
final class ScripLoad implements DialectSimulation.Step {
  private static final int MANY_RECIPIENTS = 100;

  private final Map<String, String> headers;
  private final String program;
  private final String asset;
  private final List<String> participants;
  private final Pairs pairs;

  ScripLoad() {
    var site = new Site("gatling-scrip");
    headers =
        Map.of(
            "X-API-Key",
            site.administer("/credentials/api-keys", "{\"label\":\"load\"}")
                .get("api_key")
                .textValue());
    program = id(site.post("/v1/programs", "{\"name\":\"load\"}", headers));
    String mode = Options.WORKLOAD.equals("lots") ? "LOT" : "SIMPLE";
    asset =
        id(
            site.post(
                "/v1/assets",
                """
                {"program_id":"%s","name":"Points","symbol":"PTS","inventory_mode":"%s",\
                "issuance_policy":"UNLIMITED","scale":2}\
                """
                    .formatted(program, mode),
                headers));
    participants =
        site.many(
            Options.ACCOUNTS,
            "/v1/participants",
            i -> "{\"external_id\":\"load-%d\"}".formatted(i),
            headers,
            ScripLoad::id);
    credit(site);
    pairs = new Pairs(participants);
  }

  private static String id(JsonNode created) {
    return created.get("id").textValue();
  }

  private void credit(Site site) {
    String body =
        """
        {"program_id":"%s","asset_id":"%s","type":"CREDIT","amount":"100000000",\
        "description":"load"}\
        """
            .formatted(program, asset);
    site.many(
        participants.size(),
        i -> "/v1/participants/" + participants.get(i) + "/balances/adjust",
        i -> body,
        headers,
        JsonNode::toString);
  }

  @Override
  public ChainBuilder named(String name) {
    return feed(Endless.of(this::next))
        .exec(
            http(name)
                .post("/v1/transfers")
                .headers(headers)
                .body(StringBody("#{body}"))
                .check(status().is(200)));
  }

  private Map<String, Object> next() {
    Map<String, Object> pair = pairs.next();
    Object source = pair.get("source");
    var recipients = new StringJoiner(",");
    if (Options.WORKLOAD.equals("recipients-100")) {
      for (int i = 0; i < MANY_RECIPIENTS; i++) {
        recipients.add(row(anyBut(source)));
      }
    } else {
      recipients.add(row(pair.get("destination").toString()));
    }
    return Map.of(
        "body",
        """
        {"program_id":"%s","asset_id":"%s","description":"load","source_participant_id":"%s",\
        "recipients":[%s],"idempotency_key":"%s"}\
        """
            .formatted(program, asset, source, recipients, pair.get("key")));
  }

  private static String row(String participant) {
    return "{\"participant_id\":\"%s\",\"amount\":\"0.01\"}".formatted(participant);
  }

  private String anyBut(Object source) {
    String drawn = participants.get(ThreadLocalRandom.current().nextInt(participants.size()));
    return drawn.equals(source) ? anyBut(source) : drawn;
  }
}
