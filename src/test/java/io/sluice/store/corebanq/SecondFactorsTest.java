package io.sluice.store.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.store.ConnectionPool;
import io.sluice.store.Pools;
import io.sluice.store.corebanq.SecondFactors.Verdict;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SecondFactorsTest {
  private final List<Object> parties = new ArrayList<>();
  private final SecondFactors factors =
      new SecondFactors(Pools.of(new Notebook(parties), new Notebook(parties)));

  /** Notes who asks for connections, and gives none. */
  private record Notebook(List<Object> parties) implements ConnectionPool {
    @Override
    public <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work) {
      parties.add(party);
      return Future.failedFuture("there is none");
    }
  }

  /** Anybody can name a tenant in what he calls a challenge. */
  @Test
  void makesWhoAnswersAChallengeWaitAndNotTheTenantThatHeNames() {
    // When
    Future<Verdict> answer =
        factors.answer(
            "somebody",
            new TenantId(1),
            new UUID(0, 1),
            Instant.EPOCH,
            pending -> new Verdict.Ignored());

    // Then
    assertThat(answer.failed()).isTrue();
    assertThat(parties).containsExactly("somebody");
  }
}
