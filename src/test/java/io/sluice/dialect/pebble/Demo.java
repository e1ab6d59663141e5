package io.sluice.dialect.pebble;

import io.sluice.access.CredentialIssuer.Subject;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.FirstTransfer;
import io.sluice.ledger.Amount;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Map;

/** Two jars, and one pebble that moves. */
record Demo(Administration administration, SubjectToken token) {
  private static final Amount AMPLE = Amount.of(1_000_000);

  Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    return administration
        .fill(demonstration.tenant(), "demo-full", AMPLE)
        .compose(done -> administration.fill(demonstration.tenant(), "demo-empty", Amount.of(1)))
        .compose(done -> token(demonstration))
        .map(token -> shown(demonstration, token));
  }

  private static FirstTransfer shown(Demonstration demonstration, String token) {
    String line =
        """
        curl -sS %s/pebble/moves %s -H 'Content-Type: application/json' \
        -d '{"key":"'$(cat /proc/sys/kernel/random/uuid)'","from":"demo-full",\
        "to":"demo-empty","pebbles":1}'\
        """
            .formatted(demonstration.baseUrl(), FirstTransfer.HEADERS);
    return new FirstTransfer(Map.of(), Map.of("Authorization", "Bearer " + token), line);
  }

  private Future<String> token(Demonstration demonstration) {
    TenantId tenant = demonstration.tenant();
    String jar = "demo-full";
    return token
        .subjects()
        .find(tenant, jar)
        .compose(
            id ->
                demonstration
                    .issuer()
                    .issue(token, tenant, "demo", new Subject(id.orElseThrow(), jar)));
  }
}
