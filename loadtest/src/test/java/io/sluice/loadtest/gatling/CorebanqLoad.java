package io.sluice.loadtest.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Transfers between ledgers. */
final class CorebanqLoad implements DialectSimulation.Step {
  private final String token;
  private final Pairs pairs;

  CorebanqLoad() {
    var site = new Site("gatling-ledgers");
    String user = UUID.randomUUID().toString();
    String credentials =
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, UUID.randomUUID());
    site.administer("/credentials/users", credentials);
    token = site.post("/v1/authenticate", credentials, Map.of()).get("access_token").textValue();
    String currency = UUID.randomUUID().toString();
    List<String> ledgers =
        site.many(
            Options.ACCOUNTS,
            "/v1/ledgers",
            i ->
                """
                {"code":"gatling-%d","description":"load","type":"liability","currency_code":"USD",\
                "currency_id":"%s","balance_current":1000000000}\
                """
                    .formatted(i, currency),
            Site.bearer(token),
            created -> created.at("/ledger/id").textValue());
    pairs = new Pairs(ledgers);
  }

  @Override
  public ChainBuilder named(String name) {
    return feed(Endless.of(pairs::next))
        .exec(
            http(name)
                .post("/v1/ledgers/#{source}/transfer")
                .header("Authorization", "Bearer " + token)
                .body(
                    StringBody(
                        "{\"destination_ledger_id\":\"#{destination}\",\"amount\":1,"
                            + "\"transaction_id\":\"#{key}\"}"))
                .check(status().is(201)));
  }
}
