package io.sluice.dialect.orum;

import io.sluice.access.IssuedClient;
import io.sluice.dialect.Demonstration;
import io.sluice.testing.Await;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway, and what an operator does there for Orum's tenants. */
record OrumFixture(TestingGateway gateway) {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** On the gateway that all tests share; each test works in tenants of its own. */
  static OrumFixture shared() {
    return new OrumFixture(TestingGateway.shared());
  }

  /** A new tenant, with a client that may do everything. */
  OrumTenant tenant() {
    var stranger = new OrumTenant(gateway.client(), gateway.newTenant(), List.of());
    return stranger.with(OrumTenant.headers(token(stranger, "main", Scopes.ALL)));
  }

  /** New credentials in place of the tenant's former ones of that label. */
  IssuedClient client(OrumTenant tenant, String label, Set<String> scopes) {
    return Await.result(gateway.issuer().issue(Names.CLIENT, tenant.id(), label, scopes));
  }

  /** An access token with other scopes; the one before, if any, is revoked. */
  String token(OrumTenant tenant, Set<String> scopes) {
    return token(tenant, "limited", scopes);
  }

  /** Got as clients get it. */
  private String token(OrumTenant tenant, String label, Set<String> scopes) {
    IssuedClient secret = client(tenant, label, scopes);
    String body =
        "{\"client_id\":\""
            + secret.clientId()
            + "\",\"client_secret\":\""
            + secret.clientSecret()
            + "\"}";
    return tenant.with(List.of()).post("/oauth/token", body).text("/access_token");
  }

  /** Gives a tenant's enterprise money. */
  OrumReply fund(OrumTenant tenant, long cents) {
    return fund(tenant, UUID.randomUUID().toString(), Long.toString(cents));
  }

  /**
   * The same, for what goes wrong.
   *
   * @param amount any JSON
   */
  OrumReply fund(OrumTenant tenant, String reference, String amount) {
    return administer(
        tenant, "/funding", "{\"reference\":\"" + reference + "\",\"amount\":" + amount + "}");
  }

  OrumReply nameEnterprise(OrumTenant tenant, String name, String reference) {
    return administer(
        tenant, "", "{\"name\":\"" + name + "\",\"reference\":\"" + reference + "\"}");
  }

  OrumReply administer(OrumTenant tenant, String path, String body) {
    return administer("POST", tenant, path, body);
  }

  /** What administrators read of an enterprise. */
  OrumReply read(OrumTenant tenant, String path) {
    return administer("GET", tenant, path, "");
  }

  private OrumReply administer(String method, OrumTenant tenant, String path, String body) {
    String whole = "/admin/tenants/" + tenant.id().value() + "/orum/enterprise" + path;
    return new OrumReply(gateway.administer("orum", method, whole, body));
  }

  /** The line that the demo prints. */
  String demonstrate(OrumTenant tenant) {
    var demonstration = new Demonstration(tenant.id(), gateway.baseUrl(), gateway.issuer());
    return Await.result(gateway.dialect("orum").demonstrate(demonstration)).text();
  }

  /** Does what a shell and curl would do with the line, as far as the line goes. */
  OrumReply run(String line) {
    String substituted =
        line.replace("'$(cat /proc/sys/kernel/random/uuid)'", UUID.randomUUID().toString());
    List<String> words = words(substituted);
    TestClient client = gateway.client();
    String path = "";
    String body = "";
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-H")) {
        String[] header = words.get(++i).split(": ", 2);
        client = client.with(header[0], header[1]);
      } else if (word.equals("-d")) {
        body = words.get(++i);
      } else if (word.startsWith(gateway.baseUrl())) {
        path = word.substring(gateway.baseUrl().length());
      }
    }
    return new OrumReply(client.post(path, body));
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }
}
