package io.sluice.access;

import io.sluice.ledger.Ids;
import io.sluice.store.access.Administrator;
import io.sluice.store.access.AdministratorStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who administrates by name. Tokens are looked up each time, so that one that was replaced or
 * revoked is worth nothing at once, in every process.
 */
public final class Administrators {
  /** Revoked ones included. */
  public static final int MOST = 1_000;

  /** What every token starts with, so that it is known where it lies about. */
  private static final String PREFIX = "adm_";

  private final AdministratorStore store;
  private final Ids ids;
  private final Clock clock;
  private final SecretMaker secrets = new SecretMaker();

  public Administrators(AdministratorStore store, Ids ids, Clock clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /** Somebody with a token that is told this once. */
  public record Made(Administrator administrator, String token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Made[" + administrator + "]";
    }
  }

  /**
   * Somebody new.
   *
   * @throws CredentialRefused when the name cannot be one
   * @return fails with {@link CredentialRefused} when somebody has that name, or when there are too
   *     many
   */
  public Future<Made> create(String name, Administrator.Role role) {
    CredentialNames.requireStorable("name", name);
    var administrator =
        new Administrator(ids.next(), name, role, now(), Optional.empty(), Optional.empty());
    var made = new Made(administrator, token());
    return store
        .insert(administrator, SecretHash.of(made.token()).toBuffer(), MOST)
        .map(
            isStored -> {
              if (!isStored) {
                throw new CredentialRefused(
                    CredentialRefused.Reason.NAME_TAKEN,
                    "the name is taken, or there are " + MOST + " administrators already");
              }
              return made;
            });
  }

  /** Whether a text may be somebody's token: others need not be looked up. */
  public static boolean mayBeToken(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * Who has a token that is in force.
   *
   * @param address from where it was sent
   */
  public Future<Optional<Administrator>> find(SecretHash token, ClientAddress address) {
    return store.find(token.toBuffer(), address);
  }

  /** All, oldest first, revoked ones included. */
  public Future<List<Administrator>> list() {
    return store.list(MOST);
  }

  /** Gives somebody another token in place of the one that he has; empty when he has none. */
  public Future<Optional<Made>> rotate(UUID id) {
    String token = token();
    return store
        .rotate(id, SecretHash.of(token).toBuffer(), now())
        .map(found -> found.map(administrator -> new Made(administrator, token)));
  }

  /** Ends somebody's token for ever; empty when there is nobody of this id. */
  public Future<Optional<Administrator>> revoke(UUID id) {
    return store.revoke(id, now());
  }

  private String token() {
    return PREFIX + secrets.secret();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
