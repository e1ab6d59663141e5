package io.sluice.dialect.scrip;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an entry of the journal is: one for each kind of transfer that the dialect makes. */
enum Action {
  TRANSFER,
  CREDIT,
  DEBIT,
  HOLD,
  RELEASE,
  FORFEIT,
  VOID_HOLD,
  REDEMPTION,
  REVERSAL,
  FUND,
  BURN,
  MATURITY,
  EXPIRATION;

  private static final Map<String, Action> BY_KIND =
      Arrays.stream(values()).collect(Collectors.toMap(Action::kind, Function.identity()));

  private final String kind = Names.DIALECT + "." + name().toLowerCase(Locale.ROOT);

  /** What the ledger calls the transfers that are such entries. */
  String kind() {
    return kind;
  }

  /** The one that a transfer of a kind is; empty for another dialect's. */
  static Optional<Action> of(String kind) {
    return Optional.ofNullable(BY_KIND.get(kind));
  }
}
