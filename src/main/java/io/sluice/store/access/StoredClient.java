package io.sluice.store.access;

import io.vertx.core.buffer.Buffer;
import java.util.Set;

/** A client in force. */
public record StoredClient(CredentialOwner owner, Buffer secretHash, Set<String> scopes) {
  /** Without the hash. */
  @Override
  public String toString() {
    return "StoredClient[" + owner + ", scopes=" + scopes + "]";
  }
}
