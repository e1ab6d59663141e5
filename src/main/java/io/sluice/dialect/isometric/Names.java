package io.sluice.dialect.isometric;

import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.access.CredentialType.Subjects;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.store.access.CredentialTypeName;
import java.time.Duration;

/** How the registry's world is laid out in the ledger. The same for every tenant. */
final class Names {
  static final String DIALECT = "isometric";
  static final String ORGANISATION_KIND = "isometric.organisation";
  static final String SUPPLIER_KIND = "isometric.supplier";
  static final String SYSTEM_KIND = "isometric.system";
  static final String ASSET_KIND = "isometric.credit";
  static final String TRANSFER_KIND = "isometric.transfer";
  static final String ISSUANCE_KIND = "isometric.issuance";

  /** The kilogram of removed carbon dioxide. Derived, so that nobody needs to look it up. */
  static final AssetId ASSET = new AssetId(Digest.start().add(ASSET_KIND).toUuid());

  /** The holder of the account that issued credits come from. */
  static final HolderId SYSTEM = new HolderId(Digest.start().add(SYSTEM_KIND).toUuid());

  static final AccountRef ISSUED =
      AccountRef.of(SYSTEM, ASSET, Bucket.AVAILABLE, AccountKind.SYSTEM);

  /** What an integrating application presents, beside the token of an organisation. */
  static final BearerSecret CLIENT_SECRET =
      new BearerSecret(new CredentialTypeName("client-secret"), "ClientSecret", "");

  /** How long an organisation's token is good for. */
  static final Duration TOKEN_LIFETIME = Duration.ofDays(365);

  private Names() {}

  /**
   * What a caller presents to act for an organisation.
   *
   * @param organisations finds it by its public id
   */
  static SubjectToken organisationToken(Subjects organisations) {
    return new SubjectToken(
        new CredentialTypeName("organisation-token"),
        "OrganisationToken",
        DIALECT,
        "organisation",
        TOKEN_LIFETIME,
        organisations);
  }

  /** Where an organisation's credit batches are. */
  static AccountRef account(HolderId organisation) {
    return AccountRef.of(organisation, ASSET, Bucket.AVAILABLE, AccountKind.LOT);
  }
}
