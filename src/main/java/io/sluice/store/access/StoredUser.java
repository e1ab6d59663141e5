package io.sluice.store.access;

import io.sluice.ledger.Principal;
import java.util.UUID;

/**
 * A user in force.
 *
 * @param generation how often the password has been changed
 */
public record StoredUser(Principal principal, UUID id, int generation, String passwordHash) {
  /** What stands behind the tokens that its password fetches. */
  public Backing.Credential backing() {
    return new Backing.Credential(id, generation);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "StoredUser[" + principal + "]";
  }
}
