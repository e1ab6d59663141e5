package io.sluice.store.access;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Set;

/**
 * What of a credential is stored, so that somebody who presents it can be told from others. The
 * table's checks know these shapes and no other.
 */
public sealed interface Proof {
  /**
   * A random secret that stands alone.
   *
   * @param hash its SHA-256
   */
  record Secret(Buffer hash) implements Proof {
    /** Without the hash. */
    @Override
    public String toString() {
      return "Secret";
    }
  }

  /**
   * A client's id with its random secret.
   *
   * @param secretHash the secret's SHA-256
   */
  record Client(String id, Buffer secretHash, Set<String> scopes) implements Proof {
    public Client {
      scopes = Set.copyOf(scopes);
    }

    /** Without the hash. */
    @Override
    public String toString() {
      return "Client[id=" + id + ", scopes=" + scopes + "]";
    }
  }

  /**
   * A user's name with a password.
   *
   * @param passwordHash Argon2id of the password
   */
  record User(String name, String passwordHash) implements Proof {
    /** Without the hash. */
    @Override
    public String toString() {
      return "User[name=" + name + "]";
    }
  }

  /**
   * A signed token, which itself is stored nowhere.
   *
   * @param subject whom it acts for, as clients know it
   */
  record Token(String subject, Instant expiresAt) implements Proof {}
}
