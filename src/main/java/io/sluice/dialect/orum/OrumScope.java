package io.sluice.dialect.orum;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What an access token may be used for, in the provider's words. */
enum OrumScope {
  WRITE_BOOK_TRANSFERS("write:booktransfers"),
  READ_BOOK_TRANSFERS("read:booktransfers"),
  WRITE_SUBLEDGERS("write:subledgers"),
  READ_SUBLEDGERS("read:subledgers"),
  READ_BALANCES("read:balances");

  private final String text;

  OrumScope(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Every scope, as credentials and tokens carry them. */
  static Set<String> all() {
    return Arrays.stream(values()).map(OrumScope::text).collect(Collectors.toUnmodifiableSet());
  }
}
