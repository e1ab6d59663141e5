package io.sluice.dialect.pebble;

import io.sluice.dialect.Demonstration;
import io.sluice.ledger.Amount;
import io.vertx.core.Future;

/** Two jars, and one pebble that moves. */
record Demo(Administration administration) {
  private static final Amount AMPLE = Amount.of(1_000_000);

  Future<String> demonstrate(Demonstration demonstration) {
    return administration
        .fill(demonstration.tenant(), "demo-full", AMPLE)
        .compose(done -> administration.fill(demonstration.tenant(), "demo-empty", Amount.of(1)))
        .map(
            done ->
                "curl -sS "
                    + demonstration.baseUrl()
                    + "/pebble/moves -H 'Authorization: Bearer "
                    + administration.token(demonstration.tenant())
                    + "' -H 'Content-Type: application/json' -d '{\"key\":\"'"
                    + "$(cat /proc/sys/kernel/random/uuid)'\",\"from\":\"demo-full\","
                    + "\"to\":\"demo-empty\",\"pebbles\":1}'");
  }
}
