package io.sluice.access;

import io.sluice.store.access.Backing;
import io.vertx.core.Future;
import java.util.Optional;

/** Issues and verifies bearer tokens. */
public interface Tokens {
  /**
   * A signed token with these claims.
   *
   * @param credential what the bearer proved itself with; the token ends with it
   * @throws IllegalArgumentException when it would live longer than tokens may
   */
  String issue(Backing.Credential credential, TokenClaims claims);

  /**
   * Verifies a token for one dialect; cached, within bounds and never past the token's expiry.
   *
   * @param address from where it was sent
   * @return empty when the token is malformed, forged, expired, revoked or for another dialect;
   *     fails when it cannot be known, with {@link KeysUnavailableException} where an issuer's keys
   *     cannot be had, and with {@link AccessBusy} where the address has asked for too much at once
   */
  Future<Optional<VerifiedToken>> verify(Presented token, String dialect, ClientAddress address);

  /** The same for a token by itself. */
  default Future<Optional<VerifiedToken>> verify(
      String token, String dialect, ClientAddress address) {
    return verify(Presented.of(token), dialect, address);
  }

  /**
   * A token of the gateway's own for one dialect and for whom it was issued to, which stands but
   * that it may have expired.
   *
   * @param address from where it was sent
   * @return empty when it is anything else; fails as {@link #verify} does
   */
  Future<Optional<RenewableToken>> renewable(String token, String dialect, ClientAddress address);

  /**
   * Whether a token in which {@link #verify} finds nothing opened this dialect once: it has expired
   * or was revoked. Also false when that cannot be known.
   */
  Future<Boolean> hasEnded(String token, String dialect, ClientAddress address);
}
