package io.sluice.store.access;

import io.vertx.core.buffer.Buffer;
import java.util.Set;

/** An OAuth client in force. */
public record StoredOAuthClient(CredentialOwner owner, Buffer secretHash, Set<String> scopes) {
  /** Without the hash. */
  @Override
  public String toString() {
    return "StoredOAuthClient[" + owner + ", scopes=" + scopes + "]";
  }
}
