package io.sluice.dialect.scrip;

import io.sluice.access.SecretBox;
import io.sluice.store.events.Endpoint;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of endpoints: each is shown once, when it is made, and kept encrypted to sign with.
 */
record WebhookSecrets(SecretBox box) {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  static String fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return PREFIX + HexFormat.of().formatHex(bytes);
  }

  /** The endpoint with this secret. */
  Endpoint keep(Endpoint endpoint, String secret) {
    byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
    return endpoint.withSecret(Buffer.buffer(box.seal(place(endpoint), plain)));
  }

  /**
   * What proves that a message is the organisation's, and when it was sent.
   *
   * @throws IllegalArgumentException when the secret cannot be read, because it was encrypted with
   *     another key
   */
  String signature(Endpoint endpoint, Instant now, Buffer body) {
    byte[] secret = box.open(place(endpoint), endpoint.secret().orElseThrow().getBytes());
    String time = Long.toString(now.getEpochSecond());
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      String code = HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
      return "t=" + time + ",v1=" + code;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String place(Endpoint endpoint) {
    return Names.DIALECT + ":" + endpoint.tenant().value() + ":" + endpoint.id();
  }
}
