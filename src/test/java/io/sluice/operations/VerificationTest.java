package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.operations.Verification.Look;
import io.sluice.operations.Verification.State;
import io.sluice.store.StoreException;
import io.sluice.store.Verifier.Progress;
import io.sluice.store.Verifier.Report;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The books are verified within the gateway, one run at a time. */
class VerificationTest {
  private static final Report WHOLE =
      new Report(1, Map.of("transfer", 2L), List.of(), Duration.ofSeconds(3));

  private final CountDownLatch goOn = new CountDownLatch(1);

  /** Tells of a step, and waits there until it is let go on. */
  private Report slow(Consumer<Progress> progress) {
    progress.accept(
        new Progress(1, 2, 7, "balances", 9, Duration.ZERO, 500, Optional.of(Duration.ZERO)));
    try {
      goOn.await();
      return WHOLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.of(e);
    }
  }

  private static Look ended(Verification verification) {
    Waiting.until(() -> verification.look().orElseThrow().endedAt().isPresent());
    return verification.look().orElseThrow();
  }

  private Verification begun() {
    var verification = new Verification(this::slow, new SettableClock());
    assertThat(verification.look()).isEmpty();
    assertThat(verification.start()).isTrue();
    Waiting.until(() -> verification.look().orElseThrow().progress().isPresent());
    return verification;
  }

  @Test
  void runsOnceAtATimeAndKeepsWhatItFound() {
    // Given
    Verification verification = begun();

    // When
    boolean isStartedTwice = verification.start();

    // Then
    assertThat(isStartedTwice).isFalse();
    assertThat(verification.look().orElseThrow().state()).isEqualTo(new State.Running());
    assertThat(verification.look().flatMap(Look::progress).orElseThrow().permille()).isEqualTo(500);
    goOn.countDown();
    assertThat(ended(verification).state()).isEqualTo(new State.Done(WHOLE));
    assertThat(verification.start()).isTrue();
    assertThat(ended(verification).state()).isEqualTo(new State.Done(WHOLE));
  }

  @Test
  void endsWhenItIsToldTo() {
    // Given
    Verification verification = begun();

    // When
    verification.stop();

    // Then
    assertThat(ended(verification).state()).isEqualTo(new State.Stopped());
  }

  @Test
  void givesUpWhatTakesTooLong() {
    // Given
    var verification = new Verification(this::slow, new SettableClock(), Duration.ofMillis(1));

    // When
    verification.start();

    // Then
    assertThat(ended(verification).state()).isEqualTo(new State.Stopped());
  }

  @Test
  void tellsWhyItFailed() {
    // Given
    var verification =
        new Verification(
            progress -> {
              throw StoreException.of(new java.sql.SQLException("secret", "08006"));
            },
            new SettableClock());

    // When
    verification.start();

    // Then
    assertThat(ended(verification).state())
        .isInstanceOfSatisfying(
            State.Failed.class,
            failed -> assertThat(failed.why()).contains("08006").doesNotContain("secret"));
  }

  @Test
  void verifiesTheGatewaysOwnBooks() {
    try (TestingGateway gateway = TestingGateway.start();
        TestingManagement management = new TestingManagement(gateway)) {
      // Given
      TestClient admin = management.admin();
      gateway.newTenant();
      assertThat(status(admin)).isEqualTo("never");

      // When
      Reply started = admin.send("POST", "/admin/verification", "");

      // Then
      assertThat(started.status()).isEqualTo(202);
      Waiting.until(() -> !status(admin).equals("running"));
      JsonNode ended = admin.get("/admin/verification").json();
      assertThat(ended.path("status").textValue()).isEqualTo("whole");
      assertThat(ended.at("/report/tenants").intValue()).isPositive();
      assertThat(admin.send("DELETE", "/admin/verification", "").json()).isEqualTo(ended);
    }
  }

  @Test
  void refusesASecondRunWhileOneGoesOn() throws SQLException {
    try (TestingGateway gateway = TestingGateway.start();
        TestingManagement management = new TestingManagement(gateway);
        Connection stranger = gateway.database().database().dataSource().getConnection();
        Statement statement = stranger.createStatement()) {
      // Given
      stranger.setAutoCommit(false);
      statement.execute("LOCK TABLE account");
      TestClient admin = management.admin();
      gateway.newTenant();
      assertThat(admin.send("POST", "/admin/verification", "").status()).isEqualTo(202);

      // When
      Reply second = admin.send("POST", "/admin/verification", "");

      // Then
      assertThat(second.status()).isEqualTo(409);
      stranger.rollback();
    }
  }

  /** Unlike the admin token, an administrator's is looked up in the database. */
  @Test
  void saysWhyItCannotTellWhoAsks() {
    try (TestingGateway gateway = TestingGateway.start();
        TestingManagement management = new TestingManagement(gateway)) {
      // Given
      String body = "{\"name\":\"Anna\",\"role\":\"reader\"}";
      String token =
          management.admin().post("/admin/administrators", body).json().get("token").textValue();
      TestClient anna = management.anybody().with("Authorization", "Bearer " + token);
      gateway.database().hideTables();

      // When
      Reply defect = anna.get("/admin/verification");

      // Then
      assertThat(defect.status()).isEqualTo(500);
      gateway.database().close();
      assertThat(anna.get("/admin/verification").status()).isEqualTo(503);
    }
  }

  private static String status(TestClient admin) {
    return admin.get("/admin/verification").json().path("status").textValue();
  }
}
