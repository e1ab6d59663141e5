package io.sluice.access;

import io.vertx.core.Future;
import java.util.Optional;

/** Issues and verifies bearer tokens. */
public interface Tokens {
  /** A signed token with these claims. */
  String issue(TokenClaims claims);

  /**
   * Verifies a token for one dialect; cached, within bounds and never past the token's expiry.
   *
   * @return empty when the token is malformed, forged, expired, revoked or for another dialect
   */
  Future<Optional<TokenClaims>> verify(String token, String dialect);
}
