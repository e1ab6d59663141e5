package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B, of SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void givesTheCodesOfTheStandard(long seconds, String code) {
    assertThat(Totp.code(SECRET, seconds / Totp.STEP_SECONDS, 8)).isEqualTo(code);
  }

  @Test
  void takesTheStepsNextToNowAndNoneThatIsOver() {
    // Given
    Instant now = Instant.ofEpochSecond(1_234_567_890);
    long step = now.getEpochSecond() / Totp.STEP_SECONDS;

    // When
    var current = Totp.step(SECRET, now, step - 1, Totp.code(SECRET, step, Totp.DIGITS));

    // Then
    assertThat(current).hasValue(step);
    for (long near : new long[] {step - 1, step + 1}) {
      assertThat(Totp.step(SECRET, now, 0, Totp.code(SECRET, near, Totp.DIGITS))).hasValue(near);
    }
    for (long far : new long[] {step - 2, step + 2}) {
      assertThat(Totp.step(SECRET, now, 0, Totp.code(SECRET, far, Totp.DIGITS))).isEmpty();
    }
    assertThat(Totp.step(SECRET, now, step, Totp.code(SECRET, step, Totp.DIGITS))).isEmpty();
    assertThat(Totp.step(SECRET, now, 0, "")).isEmpty();
  }

  /** RFC 4648, section 10. */
  @Test
  void writesSecretsAsAppsReadThem() {
    assertThat(Totp.base32("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTB");
    assertThat(Totp.uri("Sluice", "a b", SECRET))
        .isEqualTo(
            "otpauth://totp/Sluice:a%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Sluice&digits=6&period=30");
  }
}
