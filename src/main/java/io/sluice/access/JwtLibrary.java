package io.sluice.access;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.security.Key;

/**
 * Vert.x's JWT library, which makes and checks signatures. What else a token must be is held before
 * it is asked, as the library is more lenient.
 */
final class JwtLibrary {
  private JwtLibrary() {}

  /**
   * The library with one half of a key, for each thread its own: it uses a key under a lock, and no
   * event loop is to wait for another one's arithmetic.
   */
  static ThreadLocal<JWTAuth> with(Vertx vertx, TokenKey key, Key half) {
    // A JSON Web Key that the library cannot read leaves it without any, and then it neither signs
    // nor asks for signatures; a PEM that it cannot read fails.
    PubSecKeyOptions pem =
        new PubSecKeyOptions()
            .setAlgorithm(key.algorithm().name())
            .setId(key.kid())
            .setBuffer(Buffer.buffer(Pem.of(half)));
    // The times of a token are read by us, by the gateway's clock.
    JWTOptions signatureOnly = new JWTOptions().setIgnoreExpiration(true);
    return ThreadLocal.withInitial(
        () ->
            JWTAuth.create(
                vertx, new JWTAuthOptions().addPubSecKey(pem).setJWTOptions(signatureOnly)));
  }
}
