package io.sluice.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;

/** Checks signatures with one key and its one algorithm. */
final class TokenVerifier {
  private final TokenKey key;
  private final ThreadLocal<JWTAuth> library;

  TokenVerifier(Vertx vertx, TokenKey key) {
    this.key = key;
    this.library = JwtLibrary.with(vertx, key, key.key());
  }

  /**
   * Whether this key, with its algorithm, signed the token. What the token says is not looked at.
   *
   * @param checks where the arithmetic is done
   * @param address for whom
   */
  Future<Boolean> signed(TokenParts token, CostlyChecks checks, ClientAddress address) {
    if (!isOfForm(token)) {
      return Future.succeededFuture(false);
    }
    return checks
        .run(address, () -> signed(token))
        .onSuccess(
            right -> {
              if (right) {
                checks.know(address);
              }
            });
  }

  /** The library fills signatures up that are short, and takes those of other forms. */
  private boolean isOfForm(TokenParts token) {
    return key.algorithm().name().equals(token.algorithm())
        && token.signatureBytes() == key.signatureBytes();
  }

  /** The same on this thread; the library is done when it returns. */
  boolean signed(TokenParts token) {
    try {
      return isOfForm(token)
          && library.get().authenticate(new TokenCredentials(token.text())).succeeded();
    } catch (RuntimeException e) {
      // The library throws where it meets claims of a type that it does not expect.
      return false;
    }
  }
}
