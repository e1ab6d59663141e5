package io.sluice.access;

import io.vertx.core.Future;
import java.util.Optional;

/** Where an issuer's verification keys come from. */
interface KeySource {
  /**
   * The key of that id; empty when the issuer has none. Fails when the keys cannot be had, in which
   * case nothing can be said about a token.
   */
  Future<Optional<TokenVerifier>> find(String kid);
}
