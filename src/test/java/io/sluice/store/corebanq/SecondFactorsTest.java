package io.sluice.store.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.store.Notebook;
import io.sluice.store.corebanq.SecondFactors.Verdict;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecondFactorsTest {
  private final Notebook notebook = new Notebook();
  private final SecondFactors factors = new SecondFactors(notebook.pools());

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
    assertThat(notebook.parties()).containsExactly("somebody");
  }
}
