package io.sluice.dialect;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** RFC 3339 timestamps: written in UTC with exactly six decimals, read with any offset. */
public final class Timestamps {
  private static final int MAX_CHARS = 40;

  private static final DateTimeFormatter MICROSECONDS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** Such as {@code 2024-01-22T11:56:48.520641Z}; finer parts are cut off. */
  public static String format(Instant time) {
    return MICROSECONDS.format(time);
  }

  /**
   * The moment that a text names, cut to microseconds.
   *
   * @return empty unless it is a date, a time and an offset in the years 1 to 9999
   */
  public static Optional<Instant> parse(String text) {
    if (text == null || text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      boolean usual = time.getYear() >= 1 && time.getYear() <= 9999;
      return usual
          ? Optional.of(time.toInstant().truncatedTo(ChronoUnit.MICROS))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
