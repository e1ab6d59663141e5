package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.Verifier;
import io.sluice.testing.Await;
import io.sluice.testing.GatewayProcess;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's process is killed while it expires many lots, and two others go on. */
class LotsOutliveGatewayTest {
  private static final int HOLDERS = 10;
  private static final int LOTS_EACH = 8;
  private static final int LOTS = HOLDERS * LOTS_EACH;
  private static final Duration LATE = Duration.ofDays(2);

  private static final String MOVED_OUT =
      """
      FROM lot_movement AS m JOIN transfer AS t USING (tenant_id)
       WHERE t.id = m.transfer_id AND t.kind = 'scrip.expiration' AND m.amount < 0
      """;

  @TempDir Path directory;

  /** Behind, so that what expires on this gateway has expired long ago on the others. */
  private final SettableClock clock = behind();

  private final TestingGateway gateway = TestingGateway.start(clock);
  private final ScripFixture scrip = new ScripFixture(gateway);

  private static SettableClock behind() {
    SettableClock clock = SettableClock.atPresent();
    clock.advance(LATE.negated());
    return clock;
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void eachLotExpiresOnceWhoeverIsKilledInBetween() {
    // Given many lots, some of which a gateway has expired that takes a hundredth of its time for
    // it
    String everything = "{'url':'http://127.0.0.1:1/','enabled_events':['*']}";
    created(scrip.client.post("/v1/webhook-endpoints", json(everything)));
    credit();
    try (GatewayProcess first = start(Map.of("SLUICE_SCRIP_DUE_LOTS_SHARE_PERCENT", "1"))) {
      first.awaitServing();
      Waiting.until(() -> expired() > 0);

      // When
      first.kill();
    }
    long before = expired();
    clock.advance(LATE);
    try (GatewayProcess second = start(Map.of())) {
      second.awaitServing();
      Waiting.until(() -> !round());
      Waiting.until(() -> count("lot WHERE remaining > 0 AND") == 0);
    }

    // Then
    assertThat(before).isBetween(1L, LOTS - 1L);
    assertThat(expired()).isEqualTo(LOTS);
    assertThat(count("(SELECT DISTINCT tenant_id, lot_id " + MOVED_OUT + ") AS lots WHERE"))
        .isEqualTo(LOTS);
    assertThat(count("event WHERE type = 'balance.expired' AND"))
        .isEqualTo(count("transfer WHERE kind = 'scrip.expiration' AND status = 0 AND"));
    assertThat(Verifier.run(gateway.database().database(), progress -> {}).findings()).isEmpty();
  }

  /** How often a lot has expired. */
  private long expired() {
    return count("(SELECT tenant_id " + MOVED_OUT + ") AS moved WHERE");
  }

  private long count(String from) {
    return Await.result(
            gateway
                .assembly()
                .pools()
                .lookUps()
                .first(
                    "SELECT count(*) FROM " + from + " tenant_id = $1",
                    row -> row.getLong(0),
                    scrip.tenant.value()))
        .orElseThrow();
  }

  /** One of this gateway's own, beside the process; whether it left something. */
  private boolean round() {
    return Await.result(gateway.dialect("scrip").chores().getFirst().work().get()).more();
  }

  private void credit() {
    String asset = scrip.lots();
    for (int i = 0; i < HOLDERS; i++) {
      String holder = scrip.participant();
      for (int lot = 1; lot <= LOTS_EACH; lot++) {
        String expiry = ",'expires_at':'" + clock.instant().plusSeconds(lot) + "'";
        ok(scrip.adjust("participants", holder, asset, "CREDIT", "1", expiry));
      }
    }
  }

  private GatewayProcess start(Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("DATABASE_URL", gateway.database().url());
    environment.put("SLUICE_EVENTS_POLL_MS", "60000");
    environment.put("SLUICE_SCRIP_DUE_LOTS_AT_ONCE", "3");
    environment.put("SLUICE_SCRIP_DUE_LOTS_INTERVAL_MS", "1");
    return GatewayProcess.start(directory, environment);
  }
}
