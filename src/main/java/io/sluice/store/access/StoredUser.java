package io.sluice.store.access;

/**
 * A user in force.
 *
 * @param generation how often the password has been changed
 */
public record StoredUser(CredentialOwner owner, int generation, String passwordHash) {
  /** What stands behind the tokens that its password fetches. */
  public Backing.Credential backing() {
    return new Backing.Credential(owner.id(), generation);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "StoredUser[" + owner + "]";
  }
}
