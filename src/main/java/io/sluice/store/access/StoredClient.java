package io.sluice.store.access;

import io.sluice.ledger.Principal;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.UUID;

/** A client in force. */
public record StoredClient(Principal principal, UUID id, Buffer secretHash, Set<String> scopes) {
  /** Without the hash. */
  @Override
  public String toString() {
    return "StoredClient[" + principal + ", scopes=" + scopes + "]";
  }
}
