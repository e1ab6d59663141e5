package io.sluice.operations;

import static io.sluice.config.ManagementSettings.MIN_TOKEN_CHARS;

import io.sluice.access.SecretHash;

/**
 * What an administrator must present. Only its hash is kept, and hashes are compared in constant
 * time, so that neither the token's length nor its beginning can be found out by trying.
 */
public final class AdminCredential {
  private volatile SecretHash hash;

  private AdminCredential(SecretHash hash) {
    this.hash = hash;
  }

  /**
   * The credential of this token.
   *
   * @throws IllegalArgumentException when the token has fewer than 16 characters
   */
  public static AdminCredential of(String token) {
    return new AdminCredential(checked(token));
  }

  private static SecretHash checked(String token) {
    if (token.length() < MIN_TOKEN_CHARS) {
      throw new IllegalArgumentException(
          "the admin token must have at least " + MIN_TOKEN_CHARS + " characters");
    }
    return SecretHash.of(token);
  }

  /**
   * Has another token in the place of the one before, which admits nobody any more.
   *
   * @throws IllegalArgumentException when the token has fewer than 16 characters
   */
  public void replace(String token) {
    hash = checked(token);
  }

  /** Whether this is the token. */
  public boolean admits(String token) {
    return admits(SecretHash.of(token));
  }

  /** Whether this is the hash of the token. */
  boolean admits(SecretHash token) {
    return hash.isSameAs(token);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "AdminCredential";
  }
}
