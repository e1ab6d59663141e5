package io.sluice.dialect.scrip;

import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.store.Clues;
import io.sluice.store.access.CredentialTypeName;
import java.util.List;

/** What the Scrip dialect calls things, in the store and on the wire, and limits of several. */
final class Names {
  static final String DIALECT = "scrip";

  /** What a caller presents; an organisation has as many as it likes. */
  static final BearerSecret API_KEY =
      new BearerSecret(new CredentialTypeName("api-key"), "ApiKey", "sk_");

  static final String KEY_HEADER = "X-API-Key";
  static final String LIMIT_HEADER = "X-RateLimit-Limit";
  static final String REMAINING_HEADER = "X-RateLimit-Remaining";
  static final String RESET_HEADER = "X-RateLimit-Reset";

  /** A programme. Its reference is its id; what it owns is its wallet. */
  static final String PROGRAM = "scrip.program";

  /** A participant. Its reference is the external id. */
  static final String PARTICIPANT = "scrip.participant";

  /** A group. Its reference is its id. */
  static final String GROUP = "scrip.group";

  /** An asset, and the holder of the same id that carries its status. */
  static final String ASSET = "scrip.asset";

  /** Where value comes from and where it ends: a holder named by one of the next three. */
  static final String SYSTEM = "scrip.system";

  static final String ISSUANCE = "SYSTEM_ISSUANCE";
  static final String BREAKAGE = "SYSTEM_BREAKAGE";
  static final String REDEEMED = "SYSTEM_REDEMPTION";

  /** What keeps how much of a redemption is left to reverse, under the redemption's id. */
  static final String REDEMPTION = "scrip.redemption";

  /** What a transfer's idempotency key counts within, before the programme's id. */
  static final String KEY_SCOPE = "scrip:";

  /** A participant's reference is the external id, an asset's its symbol. */
  static final Clues CLUES =
      Clues.ofUuids(
          List.of(PARTICIPANT, ASSET),
          List.of(new Clues.Scope.Each(KEY_SCOPE, PROGRAM)),
          List.of());

  static final int MAX_NAME_CHARS = 255;
  static final int MAX_DESCRIPTION_CHARS = 500;
  static final int MAX_EXTERNAL_ID_CHARS = 255;

  private Names() {}

  /** Whether clients hear of the postings of such a holder. */
  static boolean isShown(String kind) {
    return List.of(PARTICIPANT, GROUP, PROGRAM, SYSTEM).contains(kind);
  }

  /** What messages call a holder or an asset of a kind. */
  static String noun(String kind) {
    return kind.substring(DIALECT.length() + 1);
  }
}
