package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  @ParameterizedTest
  @CsvSource({"anna.smith, anna.smith", "anna.smith, Anna.Smith", "ANNA@SHOP, anna@shop"})
  void refusesTheUsersName(String username, String password) {
    // When
    var refusal = assertThatThrownBy(() -> CredentialNames.requirePassword(username, password));

    // Then
    refusal.isInstanceOf(CredentialRefused.class).hasMessageNotContaining(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password",
        "PASSWORD1",
        "12345678",
        "123456789",
        "qwertyuiop",
        "1q2w3e4r",
        "iloveyou",
        "P@ssw0rd",
        "changeme",
        "letmein1",
        "sunshine",
        " password ",
        "\u00a0password",
        "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44"
      })
  void refusesTheCommonestPasswords(String password) {
    // When
    var refusal = assertThatThrownBy(() -> CredentialNames.requirePassword("anna", password));

    // Then
    refusal.isInstanceOf(CredentialRefused.class).hasMessageContaining("commonest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "        ",
        "\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000",
        "xkcd936       "
      })
  void countsNoBlanksAroundAPassword(String password) {
    // When
    var refusal = assertThatThrownBy(() -> CredentialNames.requirePassword("anna", password));

    // Then
    refusal.isInstanceOf(CredentialRefused.class).hasMessageContaining("8 to 1024");
  }

  @Test
  void takesAnotherPassword() {
    // When
    var taken =
        assertThatCode(() -> CredentialNames.requirePassword("anna", "correct horse battery"));

    // Then
    taken.doesNotThrowAnyException();
  }
}
