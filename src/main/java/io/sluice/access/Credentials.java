package io.sluice.access;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Looks up what clients present as proof of who they are. Secrets are stored as hashes only. */
public interface Credentials {
  /** The tenant whose integrating application holds this client secret (Isometric). Cached. */
  Future<Optional<TenantId>> clientSecret(String secret);

  /** The tenant that this API key belongs to (Scrip). Cached. */
  Future<Optional<ApiKey>> apiKey(String key);

  /** The OAuth client with this id and secret (Orum). */
  Future<Optional<OAuthClient>> oauthClient(String clientId, String clientSecret);

  /** Checks a user's password (generic ledger). Locks the user after repeated failures. */
  Future<Login> login(String username, String password);

  /** An API key. */
  record ApiKey(TenantId tenant, UUID id) {}

  /** An OAuth client and what its tokens may do. */
  record OAuthClient(TenantId tenant, UUID id, Set<String> scopes) {}

  /** How a login ended. */
  sealed interface Login {
    record Success(TenantId tenant, UUID userId) implements Login {}

    record Denied() implements Login {}

    /**
     * Too many failures; even the right password is refused for now.
     *
     * @param remaining for how much longer, at the most; longer than nothing
     */
    record Locked(Duration remaining) implements Login {}

    /** More logins at once than the gateway checks; nothing was checked or counted. */
    record Busy() implements Login {}
  }
}
