package io.sluice.store;

import io.sluice.store.seal.EntryBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A row as COPY sends it in its binary format, read where it lies; the next one takes its place.
 * For one thread only.
 */
final class CopiedRow {
  private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

  /** Flags, and the length of an extension that there is none of. */
  private static final int AFTER_HEADER = 2 * Integer.BYTES;

  private static final int NONE = -1;

  /** Of a number; what is not a number, or has no end, has a greater sign. */
  private static final int NEGATIVE = 0x4000;

  private byte[] data = new byte[0];
  private ByteBuffer values = ByteBuffer.wrap(data);
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];

  /** Takes what was sent; false where there is no row in it. */
  boolean take(byte[] sent) {
    data = sent;
    values = ByteBuffer.wrap(sent);
    int at = startsWithHeader() ? HEADER.length + AFTER_HEADER : 0;
    int columns = at < sent.length ? values.getShort(at) : 0;
    if (columns > offsets.length) {
      offsets = new int[columns];
      lengths = new int[columns];
    }
    at += Short.BYTES;
    for (int column = 0; column < columns; column++) {
      lengths[column] = values.getInt(at);
      at += Integer.BYTES;
      offsets[column] = at;
      at += Math.max(0, lengths[column]);
    }
    return columns > 0;
  }

  private boolean startsWithHeader() {
    return data.length >= HEADER.length
        && Arrays.equals(data, 0, HEADER.length, HEADER, 0, HEADER.length);
  }

  boolean isNull(int column) {
    return lengths[column] == NONE;
  }

  /** What all values lie in; another array for each row. */
  byte[] data() {
    return data;
  }

  /** Where a value begins. */
  int offset(int column) {
    return offsets[column];
  }

  /** How many bytes a value has. */
  int length(int column) {
    return lengths[column];
  }

  boolean flag(int column) {
    return data[offsets[column]] != 0;
  }

  int smallint(int column) {
    return values.getShort(offsets[column]);
  }

  int integer(int column) {
    return values.getInt(offsets[column]);
  }

  long bigint(int column) {
    return values.getLong(offsets[column]);
  }

  /** The leading half of a UUID. */
  long high(int column) {
    return bigint(column);
  }

  /** The trailing half of a UUID. */
  long low(int column) {
    return values.getLong(offsets[column] + Long.BYTES);
  }

  /**
   * Writes a number without a fraction.
   *
   * @param negated whether it stands for its opposite
   * @return false where it is no such number
   */
  boolean writeNumber(int column, boolean negated, EntryBytes entry) {
    int at = offsets[column];
    int groups = values.getShort(at);
    int weight = values.getShort(at + Short.BYTES);
    int sign = values.getShort(at + 2 * Short.BYTES) & 0xFFFF;
    if (sign > NEGATIVE || groups > weight + 1) {
      return false;
    }
    if (groups == 0) {
      entry.number(0);
      return true;
    }
    if (sign == NEGATIVE != negated) {
      entry.minus();
    }
    int first = at + 4 * Short.BYTES;
    entry.number(values.getShort(first));
    for (int group = 1; group <= weight; group++) {
      entry.fourDigits(group < groups ? values.getShort(first + group * Short.BYTES) : 0);
    }
    return true;
  }
}
