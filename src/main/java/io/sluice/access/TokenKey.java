package io.sluice.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/**
 * One key with its one algorithm. Whoever verifies picks the key by its id and then asks for that
 * algorithm and no other, so a token cannot choose how it is verified.
 */
final class TokenKey {
  private final String kid;
  private final String algorithm;
  private final JWTAuth auth;

  /**
   * @param jwk with {@code kid} and {@code alg}
   * @throws RuntimeException when the key is malformed
   */
  TokenKey(Vertx vertx, JsonObject jwk) {
    this.kid = jwk.getString("kid");
    this.algorithm = jwk.getString("alg");
    this.auth =
        JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                .addJwk(jwk)
                .setJWTOptions(new JWTOptions().setIgnoreExpiration(true)));
  }

  String kid() {
    return kid;
  }

  /** Whether this key, with its algorithm, signed the token. Times are not looked at. */
  Future<Boolean> signed(TokenParts token) {
    if (!algorithm.equals(token.algorithm())) {
      return Future.succeededFuture(false);
    }
    try {
      return auth.authenticate(new TokenCredentials(token.text())).map(true).otherwise(false);
    } catch (RuntimeException e) {
      // The library throws where it meets claims of a type that it does not expect.
      return Future.succeededFuture(false);
    }
  }

  String sign(JsonObject claims) {
    return auth.generateToken(
        claims,
        new JWTOptions()
            .setAlgorithm(algorithm)
            .setNoTimestamp(true)
            .setHeader(new JsonObject().put("kid", kid)));
  }
}
