package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Chore;
import io.sluice.dialect.Services;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.pipeline.TransferPipeline;
import io.sluice.store.scrip.ScripStores;
import io.sluice.testing.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What becomes of due lots where the pipeline does not take them. */
class DueWorkTest extends ClockedScrip {
  private static final int AT_ONCE = 2;

  private final String holder = scrip.participant();

  /** The gateway's own, but for those tenants whom it does as if it were overloaded, or fails. */
  private record Choosy(
      TransferPipeline own, Predicate<TenantId> overloaded, Predicate<TenantId> broken)
      implements TransferPipeline {
    @Override
    public Future<Outcome> submit(TransferCommand command) {
      if (broken.test(command.tenant())) {
        return Future.failedFuture("a defect");
      }
      return overloaded.test(command.tenant())
          ? Future.succeededFuture(new Outcome.Overloaded(Duration.ofSeconds(1)))
          : own.submit(command);
    }
  }

  private static DueWork work(Predicate<TenantId> overloaded, Predicate<TenantId> broken) {
    Services own = gateway.services();
    var services =
        new Services(
            new Choosy(own.pipeline(), overloaded, broken),
            own.holders(),
            own.assets(),
            own.transfers(),
            own.seals(),
            own.tokens(),
            own.credentials(),
            own.rateLimiter(),
            own.clock(),
            own.ids(),
            own.names(),
            own.bulk(),
            own.listeners());
    var stores = ScripStores.on(gateway.assembly().pools());
    return new DueWork(
        services,
        stores.dueLots(),
        new Directory(services, stores.programAssets()),
        new Events(tenant -> 0, own.ids()),
        AT_ONCE);
  }

  private void expire(ScripFixture of, String owner, String lots, int count) {
    String expiry = ",'expires_at':'" + clock.instant().plusSeconds(60) + "'";
    for (int i = 0; i < count; i++) {
      ok(of.adjust("participants", owner, lots, "CREDIT", "1", expiry));
    }
  }

  @Test
  void whatThePipelineHadNoRoomForIsTriedAfterAPause() {
    // Given
    expire(scrip, holder, asset, 2 * AT_ONCE);
    clock.advance(Duration.ofHours(1));
    boolean[] overloaded = {true};
    DueWork work = work(tenant -> overloaded[0], tenant -> false);
    Chore.Round refused = Await.result(work.round());
    overloaded[0] = false;

    // When
    Chore.Round first = Await.result(work.round());
    Chore.Round second = Await.result(work.round());

    // Then
    assertThat(refused.more()).isFalse();
    assertThat(first.more()).isTrue();
    assertThat(second.lag()).isPositive();
    assertThat(all(scrip.lots(holder, asset, ""), "remaining")).containsOnly("0.00").hasSize(4);
  }

  @Test
  void oneTenantsDefectKeepsNoOtherWaiting() {
    // Given
    var other = new ScripFixture(gateway);
    String otherAsset = other.lots();
    String otherHolder = other.participant();
    expire(scrip, holder, asset, 1);
    expire(other, otherHolder, otherAsset, 1);
    clock.advance(Duration.ofHours(1));
    DueWork work = work(tenant -> false, scrip.tenant::equals);

    // When
    Await.result(work.round());

    // Then
    assertThat(all(other.lots(otherHolder, otherAsset, ""), "remaining")).containsExactly("0.00");
    assertThat(all(scrip.lots(holder, asset, ""), "remaining")).containsExactly("1.00");
    Await.result(work(tenant -> false, tenant -> false).round());
    assertThat(all(scrip.lots(holder, asset, ""), "remaining")).containsExactly("0.00");
  }

  @Test
  void eachRoundSaysWhatItFoundAndWhetherItLeftSome() {
    // Given
    expire(scrip, holder, asset, AT_ONCE + 1);
    clock.advance(Duration.ofSeconds(67));
    DueWork work = work(tenant -> false, tenant -> false);

    // When
    Chore.Round first = Await.result(work.round());
    Chore.Round second = Await.result(work.round());

    // Then
    assertThat(first).isEqualTo(new Chore.Round(AT_ONCE + 1, Duration.ofSeconds(7), true));
    assertThat(second.more()).isFalse();
    assertThat(Await.result(work.round())).isEqualTo(Chore.Round.IDLE);
  }
}
