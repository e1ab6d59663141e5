package io.sluice.store.access;

import io.sluice.ledger.Digest;
import java.util.UUID;

/** What stands behind a token: without it the token is worth nothing, whoever signed it. */
public sealed interface Backing {
  /**
   * One of the tenant's credentials, as it was when the token was issued.
   *
   * @param generation how often its password had been changed by then, 0 or more
   */
  record Credential(UUID id, int generation) implements Backing {
    /** A credential that nobody can change: it is only ever replaced by another one. */
    public static Credential unchanging(UUID id) {
      return new Credential(id, 0);
    }
  }

  /**
   * The word of another issuer.
   *
   * @param subject whom it is about; when the tenant has a credential of that id, it must be in
   *     force
   * @param issuer what it is called
   * @param name what the issuer calls the subject, fit to be stored
   */
  record OtherIssuer(UUID subject, String issuer, String name) implements Backing {
    private static final String TYPE = "issuer-subject";

    /** The type of the credentials that are kept for such subjects. */
    public static CredentialTypeName type() {
      return new CredentialTypeName(TYPE);
    }

    /** The id of the credential that is kept for the subject, always the same. */
    public UUID credential() {
      return Digest.start().add(TYPE).add(issuer).add(name).toUuid();
    }
  }
}
