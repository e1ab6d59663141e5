package io.sluice.dialect.isometric;

import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.isometric.MovementListing;
import java.time.Duration;
import java.util.List;

/** What this dialect calls things, in the store and on the wire. */
final class Names {
  static final String DIALECT = "isometric";

  static final String CLIENT_SECRET_HEADER = "X-Client-Secret";

  /** Of holders and assets. */
  static final String ORGANISATION = "isometric.organisation";

  /** Somebody who only benefits: an organisation without an account. */
  static final String BENEFICIARY = "isometric.beneficiary";

  /** Who keeps a share of what is issued, without an account that anybody acts for. */
  static final String BUFFER_POOL = "isometric.bufferpool";

  static final String SUPPLIER = "isometric.supplier";
  static final String SYSTEM = "isometric.system";
  static final String RETIRED = "isometric.retired";
  static final String ORDERED = "isometric.ordered";
  static final String CREDIT = "isometric.credit";

  /** Those that the operator gives a reference. */
  static final List<String> REFERENCED = List.of(ORGANISATION, BENEFICIARY, SUPPLIER);

  /** Of transfers. */
  static final String TRANSFER = MovementListing.Kind.TRANSFER.text();

  static final String DELIVERY = MovementListing.Kind.DELIVERY.text();
  static final String ORDER = "isometric.order";
  static final String RETIREMENT = MovementListing.Kind.RETIREMENT.text();

  /** Of the oldest credits, as a scope of keys. */
  static final String RETIREMENT_FROM_OLDEST = RETIREMENT + "_from_oldest";

  static final String REFUND = MovementListing.Kind.REFUND.text();

  static final String ISSUANCE = "isometric.issuance";

  /** What an integrating application presents, beside the token of an organisation. */
  static final BearerSecret CLIENT_SECRET =
      new BearerSecret(new CredentialTypeName("client-secret"), "ClientSecret", "");

  /** How long an organisation's token is good for. */
  static final Duration TOKEN_LIFETIME = Duration.ofDays(365);

  private Names() {}
}
