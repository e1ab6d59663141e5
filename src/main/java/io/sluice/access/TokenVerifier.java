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
   */
  Future<Boolean> signed(TokenParts token) {
    // The library fills signatures up that are short, and takes those of other forms.
    if (!key.algorithm().name().equals(token.algorithm())
        || token.signatureBytes() != key.signatureBytes()) {
      return Future.succeededFuture(false);
    }
    try {
      return library
          .get()
          .authenticate(new TokenCredentials(token.text()))
          .map(true)
          .otherwise(false);
    } catch (RuntimeException e) {
      // The library throws where it meets claims of a type that it does not expect.
      return Future.succeededFuture(false);
    }
  }
}
