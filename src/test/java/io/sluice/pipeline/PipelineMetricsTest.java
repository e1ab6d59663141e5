package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.ledger.TransferIdTaken;
import io.sluice.store.FailureKind;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an operator sees of the pipeline. */
class PipelineMetricsTest {
  private static final TenantId TENANT = new TenantId(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PipelineMetrics metrics = new PipelineMetrics(registry, 2, Tags.empty());

  private double transfers(String dialect, String operation, String outcome) {
    return registry
        .get("sluice.transfers")
        .tags("dialect", dialect, "operation", operation, "outcome", outcome)
        .counter()
        .count();
  }

  @Test
  void outcomesAreCountedByDialectOperationAndWhatTheyAre() {
    // When
    metrics.outcome(TENANT, "scrip.transfer", new Outcome.Expired());
    metrics.outcome(TENANT, "scrip.transfer", new Outcome.Expired());
    metrics.outcome(TENANT, "scrip.transfer", new Outcome.Unavailable());
    metrics.outcome(TENANT, "orum.transfer", new Outcome.Conflict(new TransferId(new UUID(0, 1))));
    metrics.outcome(TENANT, "bare", new Outcome.Expired());

    // Then
    assertThat(transfers("scrip", "scrip.transfer", "expired")).isEqualTo(2);
    assertThat(transfers("scrip", "scrip.transfer", "unavailable")).isEqualTo(1);
    assertThat(transfers("orum", "orum.transfer", "conflict")).isEqualTo(1);
    assertThat(transfers("bare", "bare", "expired")).isEqualTo(1);
  }

  @Test
  void everyOutcomeOfAnOperationIsThereFromItsFirst() {
    // When
    metrics.outcome(TENANT, "scrip.transfer", new Outcome.Expired());

    // Then
    for (Class<?> outcome : Outcome.class.getPermittedSubclasses()) {
      String label = outcome.getSimpleName().toLowerCase(Locale.ROOT);
      assertThat(transfers("scrip", "scrip.transfer", label))
          .isEqualTo(label.equals("expired") ? 1 : 0);
    }
  }

  @Test
  void refusalsAreCountedByReason() {
    // Given
    var taken = new TransferIdTaken(new TransferId(new UUID(0, 1)));
    var unknown = new LedgerRefusal.LotUnknown(new LotId(new UUID(0, 2)));

    // When
    metrics.outcome(TENANT, "scrip.transfer", new Outcome.Refused(unknown, Optional.empty()));
    metrics.outcome(TENANT, "scrip.transfer", new Outcome.Refused(unknown, Optional.empty()));
    metrics.outcome(TENANT, "scrip.transfer", new Outcome.Refused(taken, Optional.empty()));
    metrics.outcome(
        TENANT, "scrip.transfer", new Outcome.Refused(new Refusal() {}, Optional.empty()));

    // Then
    assertThat(transfers("scrip", "scrip.transfer", "refused")).isEqualTo(4);
    assertThat(refused("lot_unknown")).isEqualTo(2);
    assertThat(refused("transfer_id_taken")).isEqualTo(1);
    assertThat(refused("dialect")).isEqualTo(1);
  }

  private double refused(String reason) {
    return registry
        .get("sluice.transfers.refused")
        .tags("dialect", "scrip", "operation", "scrip.transfer", "reason", reason)
        .counter()
        .count();
  }

  @Test
  void onlyTheFirstTenantsAreCountedApart() {
    for (int tenant : new int[] {5, 7, 9, 5, 11}) {
      // When
      metrics.outcome(new TenantId(tenant), "scrip.transfer", new Outcome.Expired());
    }

    // Then
    assertThat(ofTenant("5")).isEqualTo(2);
    assertThat(ofTenant("7")).isEqualTo(1);
    assertThat(ofTenant("other")).isEqualTo(2);
    assertThat(registry.find("sluice.tenant.transfers").tag("tenant", "9").counter()).isNull();
  }

  private double ofTenant(String tenant) {
    return registry
        .get("sluice.tenant.transfers")
        .tags("tenant", tenant, "outcome", "expired")
        .counter()
        .count();
  }

  @Test
  void noTenantIsCountedWhereNobodyAsksForIt() {
    // Given
    var quiet = new SimpleMeterRegistry();

    // When
    new PipelineMetrics(quiet, 0, Tags.empty())
        .outcome(TENANT, "scrip.transfer", new Outcome.Expired());

    // Then
    assertThat(quiet.find("sluice.tenant.transfers").counter()).isNull();
  }

  @Test
  void everyCauseOfFailureIsThereFromTheBeginning() {
    // Given
    metrics.failure(FailureKind.LOST);

    for (FailureKind kind : FailureKind.values()) {
      // When
      double count =
          registry
              .get("sluice.pipeline.failures")
              .tag("cause", kind.name().toLowerCase(Locale.ROOT))
              .counter()
              .count();

      // Then
      assertThat(count).isEqualTo(kind == FailureKind.LOST ? 1 : 0);
    }
  }

  @Test
  void batchesAreMeasuredInCommands() {
    // When
    metrics.batch(3);
    metrics.batch(5);

    // Then
    var sizes = registry.get("sluice.pipeline.batch.size").summary();
    assertThat(sizes.count()).isEqualTo(2);
    assertThat(sizes.totalAmount()).isEqualTo(8);
  }

  @Test
  void bothFlushesAreTimedApart() {
    // When
    metrics.lockTime().record(1, TimeUnit.MILLISECONDS);
    metrics.commitTime().record(2, TimeUnit.MILLISECONDS);

    // Then
    assertThat(registry.get("sluice.pipeline.lock").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(1);
    assertThat(registry.get("sluice.pipeline.commit").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(2);
  }

  @Test
  void aGaugeShowsWhatIsSoNow() {
    // Given
    var depth = new AtomicInteger(4);
    metrics.gauge("depth", "Commands that wait", depth::get);

    // When
    depth.set(6);

    // Then
    assertThat(registry.get("depth").gauge().value()).isEqualTo(6);
  }
}
