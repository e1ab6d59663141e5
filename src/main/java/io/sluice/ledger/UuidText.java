package io.sluice.ledger;

import java.util.UUID;

/** The canonical form of UUIDs as ASCII, without a text in between. */
public final class UuidText {
  /** How long it is. */
  public static final int CHARS = 36;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private UuidText() {}

  /** Writes it into an array that has room for it. */
  public static void write(UUID uuid, byte[] to, int from) {
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits();
    hex(high >>> 32, 8, to, from);
    to[from + 8] = '-';
    hex(high >>> 16, 4, to, from + 9);
    to[from + 13] = '-';
    hex(high, 4, to, from + 14);
    to[from + 18] = '-';
    hex(low >>> 48, 4, to, from + 19);
    to[from + 23] = '-';
    hex(low, 12, to, from + 24);
  }

  private static void hex(long value, int digits, byte[] to, int from) {
    for (int i = digits - 1; i >= 0; i--) {
      to[from + digits - 1 - i] = HEX[(int) (value >>> 4 * i) & 0xF];
    }
  }
}
