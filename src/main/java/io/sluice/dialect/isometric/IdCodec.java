package io.sluice.dialect.isometric;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The registry's ids: a prefix, nine Crockford base-32 characters of Unix milliseconds, the
 * environment's three characters, and four characters of 20 more bits; 20 characters in all.
 *
 * <p>Each such id is one version 7 UUID and back: the milliseconds go where that version has them,
 * the 20 bits right behind, and the other 54 bits are zero. So the ledger stores its usual UUIDs,
 * their order is the order in time, and nothing else needs storing.
 */
final class IdCodec {
  /** The shortest text that the registry calls an id, and the length of every id made here. */
  static final int MIN_CHARS = 20;

  /** The longest text that the registry calls an id. */
  static final int MAX_CHARS = 37;

  /** The bits of time in an id: enough until the year 3084. */
  static final int TIME_BITS = 45;

  /** The bits beside the time. */
  static final int TAIL_BITS = 20;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int PREFIX_CHARS = 4;
  private static final int TIME_CHARS = TIME_BITS / 5;
  private static final int MARKER_CHARS = 3;
  private static final int TAIL_CHARS = TAIL_BITS / 5;
  private static final int TAIL_START = PREFIX_CHARS + TIME_CHARS + MARKER_CHARS;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final byte[] VALUES = values();

  private final String marker;

  IdCodec(Environment environment) {
    this.marker = environment.marker();
  }

  /**
   * The UUID of a point in time and a tail.
   *
   * @param millis 0 or more, below 2 to the 45th
   * @param tail 0 or more, below 2 to the 20th
   */
  static UUID uuid(long millis, int tail) {
    if (millis < 0 || millis >>> TIME_BITS != 0 || tail < 0 || tail >>> TAIL_BITS != 0) {
      throw new IllegalArgumentException("time or tail out of range");
    }
    long high = millis << 16 | VERSION | tail >>> 8;
    return new UUID(high, VARIANT | (tail & 0xFFL) << 54);
  }

  /**
   * The text of an id.
   *
   * @throws IllegalArgumentException for a UUID that no id stands for
   */
  String encode(IdPrefix prefix, UUID id) {
    long millis = id.getMostSignificantBits() >>> 16;
    int tail = tail(id);
    if (millis >>> TIME_BITS != 0 || !uuid(millis, tail).equals(id)) {
      throw new IllegalArgumentException("not the UUID of a registry id: " + id);
    }
    var text = new char[MIN_CHARS];
    prefix.text().getChars(0, PREFIX_CHARS, text, 0);
    write(text, PREFIX_CHARS, TIME_CHARS, millis);
    marker.getChars(0, MARKER_CHARS, text, PREFIX_CHARS + TIME_CHARS);
    write(text, TAIL_START, TAIL_CHARS, tail);
    return new String(text);
  }

  /** The UUID of an id, or empty when no id with that prefix can read so. */
  Optional<UUID> decode(IdPrefix prefix, String id) {
    if (id.length() != MIN_CHARS
        || !id.startsWith(prefix.text())
        || !id.startsWith(marker, PREFIX_CHARS + TIME_CHARS)) {
      return Optional.empty();
    }
    long millis = read(id, PREFIX_CHARS, TIME_CHARS);
    long tail = read(id, TAIL_START, TAIL_CHARS);
    return millis < 0 || tail < 0 ? Optional.empty() : Optional.of(uuid(millis, (int) tail));
  }

  /** The UUID of an id of whatever the registry names, or empty when this is none. */
  Optional<UUID> decode(String id) {
    return Arrays.stream(IdPrefix.values())
        .flatMap(prefix -> decode(prefix, id).stream())
        .findFirst();
  }

  private static int tail(UUID id) {
    long high = id.getMostSignificantBits() & 0xFFF;
    return (int) (high << 8 | id.getLeastSignificantBits() >>> 54 & 0xFF);
  }

  private static void write(char[] text, int from, int count, long value) {
    long rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = ALPHABET.charAt((int) rest & 31);
      rest >>>= 5;
    }
  }

  private static long read(String text, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      int digit = c < VALUES.length ? VALUES[c] : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 5 | digit;
    }
    return value;
  }

  private static byte[] values() {
    var values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
