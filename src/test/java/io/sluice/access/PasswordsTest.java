package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  /** One hash at a time, and none may wait. */
  private static final PasswordCost ONE_AT_A_TIME = new PasswordCost(64, 1, 1, 0);

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void hashesNothingBeforeItIsAsked() {
    // Given a cost at which a hash of its own would take for ever
    PasswordCost endless = new PasswordCost(64, Integer.MAX_VALUE, 1, 0);

    // When
    Passwords passwords = new Passwords(vertx, endless);

    // Then
    assertThat(passwords.hashing()).isZero();
  }

  @Test
  void chargesUnknownUsersWhatItChargesOthers() {
    // Given
    Passwords passwords = new Passwords(vertx, ONE_AT_A_TIME);
    String real = Await.result(passwords.hash("correct horse"));

    // When
    boolean matches =
        Await.result(passwords.matches("correct horse", Optional.empty(), ClientAddress.NONE));

    // Then a check takes its parameters from the hash that it is given
    assertThat(matches).isFalse();
    assertThat(form(passwords.decoy())).isEqualTo(form(real));
  }

  /** All but salt and hash, of which only the lengths are told. */
  private static String form(String hash) {
    String[] parts = hash.split("\\$");
    return "%s %s %s %d %d"
        .formatted(parts[1], parts[2], parts[3], parts[4].length(), parts[5].length());
  }
}
