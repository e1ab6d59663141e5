package io.sluice.dialect;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text names a moment. What finer parts than microseconds say is cut off, as nothing here can
 * store it. A moment that is not of the years 1 to 9999 in UTC is none, whatever its own offset
 * makes of it, and so is a leap second.
 */
public enum TimeGrammar {
  /** RFC 3339, and nothing that is only like it. */
  RFC_3339(Pattern.compile(Parts.DATE + "[Tt]" + Parts.TIME + Parts.FRACTION + Parts.OFFSET)),

  /** ISO 8601 as a widespread framework for Python reads it. */
  FRAMEWORK(
      Pattern.compile(
          Parts.DATE
              + "[Tt _]"
              + Parts.MINUTES
              + "(?::(?<second>[0-9]{2})"
              + Parts.FRACTION
              + ")?(?:"
              + Parts.OFFSET.replace(":(", ":?(")
              + ")?"));

  private static final int MAX_CHARS = 100;
  private static final int MICRO_DIGITS = 6;
  private static final int MAX_OFFSET_HOUR = 23;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  /** An offset whose plus sign has become a blank, as that is what it means in a query. */
  private static final Pattern LOST_PLUS = Pattern.compile("(:[0-9.]+) ([0-9]{2}:?[0-9]{2})$");

  /** With or without seconds, and with or without a colon in the offset. */
  private static final Pattern LOOSE =
      Pattern.compile(
          "(?<minutes>[0-9-]{10}[Tt][0-9]{2}:[0-9]{2})(?<seconds>:[0-9.]+)?"
              + "(?<zone>[Zz]|(?<hours>[+-][0-9]{2}):?(?<rest>[0-9]{2}))");

  private final Pattern form;

  TimeGrammar(Pattern form) {
    this.form = form;
  }

  private static final class Parts {
    static final String DATE = "(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})";
    static final String MINUTES = "(?<hour>[0-9]{2}):(?<minute>[0-9]{2})";
    static final String TIME = MINUTES + ":(?<second>[0-9]{2})";
    static final String FRACTION = "(?:\\.(?<fraction>[0-9]+))?";
    static final String OFFSET =
        "(?<zone>[Zz]|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))";

    private Parts() {}
  }

  /** The moment, to the microsecond; empty for a text that names none. */
  public Optional<Instant> read(String text) {
    if (text == null || text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    Matcher found = form.matcher(text);
    return found.matches() && found.group("zone") != null ? moment(found) : Optional.empty();
  }

  /** Whether a text would name a moment if it had an offset. */
  public boolean lacksZone(String text) {
    if (text == null || text.length() > MAX_CHARS) {
      return false;
    }
    Matcher found = form.matcher(text);
    return found.matches() && found.group("zone") == null && local(found).isPresent();
  }

  /**
   * The text that a client meant in a query. Some write an offset's plus sign as it is; generated
   * ones leave out seconds that are zero (Kotlin's) or the colon in the offset (Python's).
   */
  static String meant(String parameter) {
    String signed = LOST_PLUS.matcher(parameter).replaceFirst("$1+$2");
    Matcher found = LOOSE.matcher(signed);
    if (!found.matches()) {
      return signed;
    }
    String seconds = found.group("seconds") == null ? ":00" : found.group("seconds");
    String hours = found.group("hours");
    String zone = hours == null ? found.group("zone") : hours + ":" + found.group("rest");
    return found.group("minutes") + seconds + zone;
  }

  private static Optional<Instant> moment(Matcher found) {
    int offsetHours = number(found, "hours");
    int offsetMinutes = number(found, "minutes");
    if (offsetHours > MAX_OFFSET_HOUR || offsetMinutes >= SECONDS_PER_MINUTE) {
      return Optional.empty();
    }
    int offset = offsetHours * SECONDS_PER_HOUR + offsetMinutes * SECONDS_PER_MINUTE;
    boolean west = "-".equals(found.group("sign"));
    return local(found)
        .map(local -> local.toInstant(ZoneOffset.UTC).minusSeconds(west ? -offset : offset))
        .filter(moment -> !moment.isBefore(FIRST) && moment.isBefore(BEYOND));
  }

  private static Optional<LocalDateTime> local(Matcher found) {
    try {
      return Optional.of(
          LocalDateTime.of(
              number(found, "year"),
              number(found, "month"),
              number(found, "day"),
              number(found, "hour"),
              number(found, "minute"),
              number(found, "second"),
              micros(found) * 1_000));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Zero for what is not there. */
  private static int number(Matcher found, String name) {
    String digits = found.group(name);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int micros(Matcher found) {
    String digits = found.group("fraction");
    return digits == null
        ? 0
        : Integer.parseInt((digits + "0".repeat(MICRO_DIGITS)).substring(0, MICRO_DIGITS));
  }
}
