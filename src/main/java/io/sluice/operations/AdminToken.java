package io.sluice.operations;

import io.sluice.access.OwnerOnlyFile;
import io.sluice.dialect.Call;
import io.sluice.ledger.Digest;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What an administrator must present. Only its hash is kept, and hashes are compared in constant
 * time, so that neither the token's length nor its beginning can be found out by trying.
 */
public final class AdminToken {
  /** The name of the file that is made in the data directory on first start. */
  public static final String FILE_NAME = "admin-token";

  /** Whoever can list the hosts on a network can also try tokens: short ones are refused. */
  static final int MIN_CHARS = 16;

  private static final int RANDOM_BYTES = 32;
  private static final String SCHEME = "bearer ";

  private final byte[] hash;

  private AdminToken(String token) {
    if (token.length() < MIN_CHARS) {
      throw new IllegalArgumentException(
          "the admin token must have at least " + MIN_CHARS + " characters");
    }
    this.hash = hash(token);
  }

  /**
   * @throws IllegalArgumentException when the token is too short
   */
  public static AdminToken of(String token) {
    return new AdminToken(token);
  }

  /**
   * The configured token, or else the one in the data directory, which is made if there is none.
   * Blocks the thread: for the start only.
   */
  public static AdminToken load(Optional<String> configured, Path dataDirectory) {
    return of(
        configured.orElseGet(
            () ->
                OwnerOnlyFile.readOrCreate(dataDirectory.resolve(FILE_NAME), AdminToken::random)
                    .strip()));
  }

  /** Whether a request carries the token. */
  boolean admits(Call call) {
    String header = call.header("Authorization").orElse("");
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(hash, hash(header.substring(SCHEME.length()).strip()));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AdminToken";
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
  }

  private static byte[] hash(String token) {
    return Digest.start().add(token).toBytes();
  }
}
