package io.sluice.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of lines that are put together, in memory that is used again. For one thread only. */
final class LineBuffer {
  private static final int FIRST_BYTES = 65_536;
  private static final int LONGEST_NUMBER = 20;
  private static final int TEN = 10;
  private static final int LAST_ASCII = 0x7E;

  private byte[] bytes = new byte[FIRST_BYTES];
  private final byte[] digits = new byte[LONGEST_NUMBER];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  private void makeRoom(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  void add(char ascii) {
    makeRoom(1);
    bytes[length++] = (byte) ascii;
  }

  /** Adds text as it is. */
  void add(String text) {
    if (isPlain(text, ' ')) {
      addAscii(text);
    } else {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      makeRoom(encoded.length);
      System.arraycopy(encoded, 0, bytes, length, encoded.length);
      length += encoded.length;
    }
  }

  private void addAscii(String text) {
    int chars = text.length();
    makeRoom(chars);
    for (int i = 0; i < chars; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /** Adds a number of zero or more. */
  void add(long number) {
    int at = digits.length;
    long rest = number;
    do {
      digits[--at] = (byte) ('0' + rest % TEN);
      rest /= TEN;
    } while (rest > 0);
    makeRoom(digits.length);
    System.arraycopy(digits, at, bytes, length, digits.length - at);
    length += digits.length - at;
  }

  /**
   * Whether a text is nothing but printable ASCII that stands for itself in every form of the log.
   *
   * @param first the first character that is plain: a blank, or what comes after it
   */
  static boolean isPlain(String text, char first) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < first || c > LAST_ASCII || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
