package io.sluice.dialect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/** RFC 3339 timestamps: written in UTC with exactly six decimals, read with any offset. */
public final class Timestamps {
  private static final DateTimeFormatter MICROSECONDS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  /** How long a timestamp of the years 0 to 9999 is. */
  static final int USUAL_CHARS = "2024-01-22T11:56:48.520641Z".length();

  private static final int SECONDS_PER_DAY = 86_400;

  private Timestamps() {}

  /** Such as {@code 2024-01-22T11:56:48.520641Z}; finer parts are cut off. */
  public static String format(Instant time) {
    byte[] ascii = new byte[USUAL_CHARS];
    return write(time, ascii, 0)
        ? new String(ascii, StandardCharsets.ISO_8859_1)
        : MICROSECONDS.format(time);
  }

  /**
   * Writes {@link #format(Instant)} as ASCII into an array.
   *
   * @return false when the year is not one of 0 to 9999; what was written then means nothing
   */
  static boolean write(Instant time, byte[] to, int from) {
    long seconds = time.getEpochSecond();
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
    if (day.getYear() < 0 || day.getYear() > 9999) {
      return false;
    }
    int second = Math.floorMod(seconds, SECONDS_PER_DAY);
    digits(day.getYear(), 4, to, from);
    to[from + 4] = '-';
    digits(day.getMonthValue(), 2, to, from + 5);
    to[from + 7] = '-';
    digits(day.getDayOfMonth(), 2, to, from + 8);
    to[from + 10] = 'T';
    digits(second / 3600, 2, to, from + 11);
    to[from + 13] = ':';
    digits(second / 60 % 60, 2, to, from + 14);
    to[from + 16] = ':';
    digits(second % 60, 2, to, from + 17);
    to[from + 19] = '.';
    digits(time.getNano() / 1000, 6, to, from + 20);
    to[from + 26] = 'Z';
    return true;
  }

  private static void digits(int value, int count, byte[] to, int from) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      to[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The moment that {@link #format} wrote, or that RFC 3339 names in another way. */
  public static Optional<Instant> parse(String text) {
    return TimeGrammar.RFC_3339.read(text);
  }
}
