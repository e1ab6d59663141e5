package io.sluice.dialect.corebanq;

import io.sluice.access.CredentialType.UserPassword;
import io.sluice.store.Clues;
import io.sluice.store.access.CredentialTypeName;
import java.util.List;

/** What this dialect calls things, in the books and towards its clients. */
final class Names {
  static final String DIALECT = "corebanq";

  /** Who logs in for a token. */
  static final UserPassword USER = new UserPassword(new CredentialTypeName("user"), "User");

  /** What a token may be good for. */
  static final String READ = "ledgers:read";

  static final String WRITE = "ledgers:write";

  /** The kinds of holders. */
  static final String LEDGER = "corebanq.ledger";

  static final String SYSTEM = "corebanq.system";

  /** The one kind of assets. */
  static final String CURRENCY = "corebanq.currency";

  /** The kinds of transfers. */
  static final String TRANSFER = "corebanq.transfer";

  static final String ENTRY = "corebanq.entry";
  static final String OPENING = "corebanq.opening";

  /** What the operator takes back. */
  static final String REVERSAL = "corebanq.reversal";

  /** Those that are their own transaction, as no client named one. */
  static final List<String> OWN_TRANSACTIONS = List.of(OPENING, REVERSAL);

  /** Transfers and entries share it, so that a {@code transaction_id} names one thing only. */
  static final String TRANSACTIONS = "corebanq";

  static final String OPENINGS = "corebanq:opening";

  /** The types of entries. */
  static final String CREDIT = "credit";

  static final String DEBIT = "debit";

  static final int MAX_DESCRIPTION_CHARS = 1_000;

  /** A ledger's reference is its code; a currency's is its own. */
  static final Clues CLUES =
      Clues.ofUuids(
          List.of(LEDGER, CURRENCY), List.of(new Clues.Scope.Whole(TRANSACTIONS)), List.of());

  private Names() {}
}
