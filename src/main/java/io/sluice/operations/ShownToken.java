package io.sluice.operations;

import io.sluice.access.Administrators;
import io.sluice.access.SecretHash;

/**
 * A token that somebody has shown.
 *
 * @param hash what is kept of it
 * @param mayBeNamed whether it may be that of an administrator with a name
 */
record ShownToken(SecretHash hash, boolean mayBeNamed) {
  static ShownToken of(String token) {
    return new ShownToken(SecretHash.of(token), Administrators.mayBeToken(token));
  }
}
