package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.junit5.VertxExtension;
import java.security.KeyPair;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class JwtLibraryTest {
  private static final KeyPair PAIR = Forger.p256();
  private static final TokenKey KEY = new TokenKey("k", PAIR.getPublic());

  @Test
  void letsNoThreadWaitForAnother(Vertx vertx) {
    // Given
    ThreadLocal<JWTAuth> library = JwtLibrary.with(vertx, KEY, KEY.key());

    // When
    JWTAuth elsewhere = CompletableFuture.supplyAsync(library::get).join();

    // Then
    assertThat(library.get()).isSameAs(library.get()).isNotSameAs(elsewhere);
  }

  @Test
  void failsRatherThanGoesWithoutAKey(Vertx vertx) {
    // Given a key of another kind than its algorithm
    var library = JwtLibrary.with(vertx, KEY, Forger.rsa(2048).getPublic());

    // When
    var refusal = assertThatThrownBy(library::get);

    // Then
    refusal.isInstanceOf(RuntimeException.class);
  }

  @Test
  void refusesATokenThatTheLibraryStumblesOver(Vertx vertx) {
    // Given a well signed token with a time that is none
    JsonObject claims = new JsonObject().put("exp", "soon");
    String token = Forger.es256(Forger.header("ES256", "k"), claims, PAIR.getPrivate());

    // When
    var signed = new TokenVerifier(vertx, KEY).signed(TokenParts.parse(token).orElseThrow());

    // Then
    assertThat(signed).isFalse();
  }

  @Test
  void verifiesWhatItSigned(Vertx vertx) {
    // Given
    String token =
        new TokenSigner(vertx, KEY, PAIR.getPrivate()).sign(new JsonObject().put("sub", "x"));

    // When
    var signed = new TokenVerifier(vertx, KEY).signed(TokenParts.parse(token).orElseThrow());

    // Then
    assertThat(signed).isTrue();
    assertThat(Forger.claims(token)).isEqualTo(new JsonObject().put("sub", "x"));
  }
}
