package io.sluice.testing;

import io.sluice.dialect.Demonstration;
import io.sluice.ledger.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A tenant that one dialect's part of the demo was set up for, and what was printed of it.
 *
 * @param client with the printed credentials
 * @param secrets what signs in besides, by name
 */
public record DemoTenant(TenantId tenant, TestClient client, Map<String, String> secrets) {
  private static final Pattern HEADER = Pattern.compile("-H '([^':]+): ([^']*)'");
  private static final Pattern SECRET = Pattern.compile("(\\w+) (\\S+?)(?:,|$)");

  public DemoTenant {
    secrets = Map.copyOf(secrets);
  }

  /** Sets it up for a tenant, and signs in as the printed call does. */
  public static DemoTenant of(TestingGateway gateway, String dialect, TenantId tenant) {
    var demonstration = new Demonstration(tenant, gateway.baseUrl(), gateway.issuer());
    String printed = Await.result(gateway.dialect(dialect).demonstrate(demonstration));
    var secrets = new HashMap<String, String>();
    printed
        .lines()
        .filter(line -> line.startsWith("# "))
        .flatMap(line -> SECRET.matcher(line.substring(2)).results())
        .forEach(secret -> secrets.put(secret.group(1), secret.group(2)));
    var headers = new HashMap<String, String>();
    HEADER
        .matcher(printed)
        .results()
        .forEach(header -> headers.put(header.group(1), header.group(2)));
    headers.remove("Content-Type");
    TestClient client = gateway.client();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      client = client.with(header.getKey(), header.getValue());
    }
    return new DemoTenant(tenant, client, secrets);
  }
}
