package io.sluice.access;

import java.security.SecureRandom;

/** Makes random secrets of letters and digits; 32 of them carry 190 bits. */
public final class SecretMaker {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final int SECRET_CHARS = 32;
  private static final int CLIENT_ID_CHARS = 24;

  private final SecureRandom random = new SecureRandom();

  /** One that nobody can guess. */
  public String secret() {
    return text(SECRET_CHARS);
  }

  /** Public, but not to be guessed either. */
  String clientId() {
    return text(CLIENT_ID_CHARS);
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
