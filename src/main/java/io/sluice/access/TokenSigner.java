package io.sluice.access;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.security.PrivateKey;

/** Signs tokens with one key and its one algorithm. */
final class TokenSigner {
  private final ThreadLocal<JWTAuth> library;
  private final JWTOptions options;

  /**
   * @param secret the key's private half
   */
  TokenSigner(Vertx vertx, TokenKey key, PrivateKey secret) {
    this.library = JwtLibrary.with(vertx, key, secret);
    this.options = new JWTOptions().setAlgorithm(key.algorithm().name()).setNoTimestamp(true);
  }

  /** A signed token with these claims, which names the key. */
  String sign(JsonObject claims) {
    return library.get().generateToken(claims, options);
  }
}
