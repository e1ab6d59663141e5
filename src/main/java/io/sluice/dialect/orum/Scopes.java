package io.sluice.dialect.orum;

import java.util.Set;

/** What an access token may be used for, in the provider's words. */
final class Scopes {
  static final String WRITE_BOOK_TRANSFERS = "write:booktransfers";
  static final String READ_BOOK_TRANSFERS = "read:booktransfers";
  static final String WRITE_SUBLEDGERS = "write:subledgers";
  static final String READ_SUBLEDGERS = "read:subledgers";
  static final String READ_BALANCES = "read:balances";

  static final String READ_PERSONS = "read:persons";
  static final String WRITE_PERSONS = "write:persons";
  static final String READ_BUSINESSES = "read:businesses";
  static final String WRITE_BUSINESSES = "write:businesses";

  static final String READ_REPORTS = "read:reports";
  static final String WRITE_REPORTS = "write:reports";

  static final String READ_CONFIGURATIONS = "read:webhook-configurations";
  static final String WRITE_CONFIGURATIONS = "write:webhook-configurations";
  static final String READ_SECRET = "read:webhook-secret";
  static final String WRITE_SECRET = "write:webhook-secret";
  static final String INVOKE = "invoke:webhook";

  /** Every scope. */
  static final Set<String> ALL =
      Set.of(
          WRITE_BOOK_TRANSFERS,
          READ_BOOK_TRANSFERS,
          WRITE_SUBLEDGERS,
          READ_SUBLEDGERS,
          READ_BALANCES,
          READ_PERSONS,
          WRITE_PERSONS,
          READ_BUSINESSES,
          WRITE_BUSINESSES,
          READ_REPORTS,
          WRITE_REPORTS,
          READ_CONFIGURATIONS,
          WRITE_CONFIGURATIONS,
          READ_SECRET,
          WRITE_SECRET,
          INVOKE);

  private Scopes() {}
}
