package io.sluice.dialect.isometric;

import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.store.access.CredentialTypeName;
import java.time.Duration;

/** What this dialect calls things, in the store and on the wire, and limits that several share. */
final class Names {
  static final String DIALECT = "isometric";

  static final String CLIENT_SECRET_HEADER = "X-Client-Secret";
  static final String KEY_HEADER = "Idempotency-Key";

  /** Of holders and assets. */
  static final String ORGANISATION = "isometric.organisation";

  static final String SUPPLIER = "isometric.supplier";
  static final String SYSTEM = "isometric.system";
  static final String CREDIT = "isometric.credit";

  /** Of transfers. */
  static final String TRANSFER = "isometric.transfer";

  static final String ISSUANCE = "isometric.issuance";

  /** The most characters of a name and of a domain. */
  static final int MAX_NAME_CHARS = 256;

  /** The most characters of an administrator's own reference, and of a client's key. */
  static final int MAX_REFERENCE_CHARS = 255;

  /** What an integrating application presents, beside the token of an organisation. */
  static final BearerSecret CLIENT_SECRET =
      new BearerSecret(new CredentialTypeName("client-secret"), "ClientSecret", "");

  /** How long an organisation's token is good for. */
  static final Duration TOKEN_LIFETIME = Duration.ofDays(365);

  private Names() {}
}
