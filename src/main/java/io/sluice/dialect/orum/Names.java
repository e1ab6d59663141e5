package io.sluice.dialect.orum;

import io.sluice.access.CredentialType.ClientCredentials;
import io.sluice.store.Clues;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.orum.BookTransferListing;
import io.sluice.store.orum.OrumStores;
import java.time.Duration;
import java.util.List;

/**
 * What this dialect calls things, in the store and on the wire, and the limits that it publishes.
 */
final class Names {
  static final String DIALECT = "orum";

  /** What a caller presents for a token: one in use and one that is about to replace it. */
  static final ClientCredentials CLIENT =
      new ClientCredentials(new CredentialTypeName("oauth-client"), "OAuthClient", 2, Scopes.ALL);

  /** The version of the API that is served; one older exists and is deprecated. */
  static final String VERSION = "v2022-09-21";

  static final String VERSION_HEADER = "Orum-Version";
  static final String TOKEN_PATH = "/oauth/token";

  static final String WEBHOOKS = "/webhooks";

  /** What is below this needs no version. */
  static final String REPORTS = "/deliver/reports";

  /** The one currency, whose smallest unit is a cent. */
  static final String CURRENCY = "USD";

  static final int CURRENCY_SCALE = 2;

  /** Of holders and assets. */
  static final String ENTERPRISE = "orum.enterprise";

  static final String SYSTEM = "orum.system";
  static final String USD = "orum.currency";
  static final String SUBLEDGER = "orum.subledger";

  /** Of transfers. */
  static final String BOOK_TRANSFER = BookTransferListing.KIND;

  static final String FUNDING = "orum.funding";

  /** What the operator takes back of a funding. */
  static final String FUNDING_REVERSAL = "orum.funding_reversal";

  /** What the reference id of a reversal begins with, before the reversed one's id. */
  static final String REVERSAL_REFERENCE = "reversal-";

  /** The most characters of a reference id. */
  static final int MAX_REFERENCE_CHARS = 255;

  /** The most items of a page. */
  static final int MAX_PAGE_SIZE = 500;

  /** What a client is told to wait when its request was given up in the queue. */
  static final Duration RETRY_AFTER_EXPIRY = Duration.ofSeconds(1);

  /** References of clients are keys: of a transfer, and of a funding of the operator's. */
  static final Clues CLUES =
      Clues.ofUuids(
          List.of(SUBLEDGER, ENTERPRISE),
          List.of(new Clues.Scope.Whole(BOOK_TRANSFER), new Clues.Scope.Whole(FUNDING)),
          OrumStores.TABLES);

  private Names() {}
}
