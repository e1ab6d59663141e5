package io.sluice.dialect.corebanq;

import io.sluice.ledger.TenantId;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes that a secret and the time make: RFC 6238, with what every authenticator app knows. */
final class Totp {
  static final int SECRET_BYTES = 20;
  static final int DIGITS = 6;
  static final int STEP_SECONDS = 30;

  /** Steps before and after the current one that still count, as clocks differ. */
  private static final int TOLERATED_STEPS = 1;

  private static final String ALGORITHM = "HmacSHA1";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Totp() {}

  /** As what a user's secret is encrypted in the database: nobody else's row opens with it. */
  static String place(TenantId tenant, UUID user) {
    return Names.DIALECT + ":totp:" + tenant.value() + ":" + user;
  }

  static byte[] newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /**
   * The step that a code is of. Steps up to the last one that was used are over: a code that
   * somebody has seen on its way counts no second time.
   */
  static OptionalLong step(byte[] secret, Instant now, long lastUsed, String code) {
    long current = now.getEpochSecond() / STEP_SECONDS;
    byte[] given = code.getBytes(StandardCharsets.UTF_8);
    OptionalLong found = OptionalLong.empty();
    for (long step = current - TOLERATED_STEPS; step <= current + TOLERATED_STEPS; step++) {
      byte[] expected = code(secret, step, DIGITS).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(expected, given) && step > lastUsed) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** RFC 4226, section 5.3. */
  static String code(byte[] secret, long step, int digits) {
    byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & 0xF;
    int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    String text = String.format(Locale.ROOT, "%0" + digits + "d", number);
    return text.substring(text.length() - digits);
  }

  private static byte[] hmac(byte[] secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** What authenticator apps read as a picture. */
  static String uri(String issuer, String user, byte[] secret) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&digits=%d&period=%d"
        .formatted(
            encode(issuer), encode(user), base32(secret), encode(issuer), DIGITS, STEP_SECONDS);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** RFC 4648, section 6, of a multiple of five bytes, which needs no padding. */
  static String base32(byte[] bytes) {
    var text = new StringBuilder();
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit += 5) {
      int value = 0;
      for (int i = bit; i < bit + 5; i++) {
        value = value << 1 | bytes[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1;
      }
      text.append(BASE32.charAt(value));
    }
    return text.toString();
  }
}
