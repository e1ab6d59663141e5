package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.StoreException;
import io.vertx.core.Future;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PreparationTest {
  @Test
  void saysThatNothingWasDoneWhereTheDatabaseIsNotThere() {
    // Given
    Future<String> outage = Future.failedFuture(StoreException.of(new IOException("gone")));

    // When
    Future<String> prepared = Preparation.of(outage);

    // Then
    assertThat(prepared.cause())
        .isInstanceOf(Preparation.NothingDone.class)
        .hasMessage("database: IOException");
  }

  @Test
  void letsEverythingElsePass() {
    // Given
    var defect = StoreException.of(new IllegalStateException("broken"));

    // When
    Future<String> prepared = Preparation.of(Future.failedFuture(defect));

    // Then
    assertThat(prepared.cause()).isSameAs(defect);
    assertThat(Preparation.of(Future.succeededFuture("read")).result()).isEqualTo("read");
  }
}
