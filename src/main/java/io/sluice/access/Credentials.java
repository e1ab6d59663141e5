package io.sluice.access;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.Backing;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Looks up what clients present as proof of who they are. Secrets are stored as hashes only. */
public interface Credentials {
  /**
   * Who has this secret. Cached.
   *
   * @param address from where it was sent
   * @return fails with {@link AccessBusy} when strangers look up as much as they may
   */
  Future<Optional<Principal>> find(
      CredentialType.BearerSecret type, String secret, ClientAddress address);

  /**
   * The client with this id and secret. That there is none is written down.
   *
   * @param address from where they were sent
   * @return fails with {@link AccessBusy} when strangers look up as much as they may
   */
  Future<Optional<Client>> find(
      CredentialType.ClientCredentials type,
      String clientId,
      String clientSecret,
      ClientAddress address);

  /**
   * Checks a user's password. Locks the name for the address after repeated failures, whether there
   * is such a user or not.
   *
   * @param address from where it was sent
   */
  Future<Login> login(
      CredentialType.UserPassword type, String username, String password, ClientAddress address);

  /**
   * Asks the database something else for somebody of whom nobody knows yet who he is.
   *
   * @param address from where he asks
   * @return fails with {@link AccessBusy} when strangers look up as much as they may
   */
  <T> Future<T> askForStranger(ClientAddress address, Supplier<Future<T>> question);

  /** A client and what its tokens may do. */
  record Client(Principal principal, UUID id, Set<String> scopes) {
    public TenantId tenant() {
      return principal.tenant();
    }

    /** What stands behind its tokens. */
    public Backing.Credential backing() {
      return Backing.Credential.unchanging(id);
    }
  }

  /** How a login ended. */
  sealed interface Login {
    record Success(Principal principal, Backing.Credential user) implements Login {
      public TenantId tenant() {
        return principal.tenant();
      }
    }

    record Denied() implements Login {}

    /**
     * Too many failures from this address; even the right password is refused for now.
     *
     * @param remaining for how much longer, at the most; longer than nothing
     */
    record Locked(Duration remaining) implements Login {}

    /** More logins at once than the gateway checks; nothing was checked or counted. */
    record Busy() implements Login {}
  }
}
