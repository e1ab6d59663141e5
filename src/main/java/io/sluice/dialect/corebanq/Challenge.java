package io.sluice.dialect.corebanq;

import io.sluice.ledger.TenantId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in {@code X-MFA-Challenge}: that a password was right. It opens nothing. */
record Challenge(TenantId tenant, Ticket ticket) {
  private static final String PREFIX = "challenge.";
  private static final Pattern FORM = Pattern.compile("challenge\\.([1-9][0-9]{0,8})\\.(.{80})");

  /** Whether a text is one, wherever it is presented. */
  static boolean is(String token) {
    return token.startsWith(PREFIX);
  }

  static Optional<Challenge> parse(String text) {
    Matcher challenge = FORM.matcher(text);
    return challenge.matches()
        ? Ticket.parse(challenge.group(2))
            .map(
                ticket -> new Challenge(new TenantId(Integer.parseInt(challenge.group(1))), ticket))
        : Optional.empty();
  }

  String text() {
    return PREFIX + tenant.value() + "." + ticket.text();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Challenge";
  }
}
