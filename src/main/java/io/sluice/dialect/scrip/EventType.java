package io.sluice.dialect.scrip;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Everything that an endpoint can ask to hear of, also what never happens here. */
enum EventType {
  BALANCE_CREDITED,
  BALANCE_DEBITED,
  BALANCE_EXPIRED,
  BALANCE_HELD,
  BALANCE_RELEASED,
  REDEMPTION_COMPLETED,
  REDEMPTION_REVERSED,
  TRANSFER_COMPLETED,
  EVENT_COMPLETED,
  EVENT_FAILED,
  PARTICIPANT_CREATED,
  PARTICIPANT_TIER_CHANGED,
  PROGRAM_FUNDED,
  PROGRAM_BURNED;

  static final List<String> WORDS = Arrays.stream(values()).map(EventType::word).toList();

  private final String word = name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");

  /** As it is written. */
  String word() {
    return word;
  }
}
