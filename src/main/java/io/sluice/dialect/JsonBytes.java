package io.sluice.dialect;

import io.sluice.ledger.SpareBytes;
import io.sluice.ledger.UuidText;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Growing UTF-8 bytes of a JSON document. Values are written straight into them. */
final class JsonBytes {
  /** Holds most answers, so that they are never copied to grow. */
  private static final int USUAL_BYTES = 2_048;

  /** What one UTF-16 unit of a text takes at most: a backslash, a u and four digits. */
  private static final int MAX_ESCAPED_BYTES = 6;

  private static final int MAX_LONG_CHARS = 20;
  private static final byte[] ESCAPE_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private static final ThreadLocal<SpareBytes> SPARE =
      ThreadLocal.withInitial(() -> new SpareBytes(USUAL_BYTES));

  private byte[] bytes = SPARE.get().take();
  private int length;

  byte last() {
    return bytes[length - 1];
  }

  void ascii(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  /** A JSON string. */
  void text(String text) {
    int chars = text.length();
    reserve(chars + 2);
    byte[] to = bytes;
    int at = length;
    to[at++] = '"';
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (!isPlain(c)) {
        length = at;
        escaped(text, i);
        ascii('"');
        return;
      }
      to[at++] = (byte) c;
    }
    to[at++] = '"';
    length = at;
  }

  /** A text that is JSON already. */
  void raw(String json) {
    raw(json, 0, json.length());
  }

  /** A part of a text that is JSON already. */
  void raw(String json, int from, int to) {
    int chars = to - from;
    reserve(chars);
    int at = length;
    for (int i = 0; i < chars; i++) {
      char c = json.charAt(from + i);
      if (c >= 0x80) {
        append(json.substring(from, to).getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes[at + i] = (byte) c;
    }
    length = at + chars;
  }

  void number(long value) {
    reserve(MAX_LONG_CHARS);
    if (value == Long.MIN_VALUE) {
      raw(Long.toString(value));
      return;
    }
    if (value < 0) {
      bytes[length++] = '-';
    }
    long rest = Math.abs(value);
    int end = length + digits(rest);
    length = end;
    do {
      bytes[--end] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
  }

  private static int digits(long positive) {
    int digits = 1;
    for (long rest = positive / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** A JSON string in the canonical form of UUIDs. */
  void uuid(UUID value) {
    reserve(UuidText.CHARS + 2);
    bytes[length++] = '"';
    UuidText.write(value, bytes, length);
    length += UuidText.CHARS;
    bytes[length++] = '"';
  }

  /** A JSON string as of {@link Timestamps#format(Instant)}. */
  void time(Instant value) {
    reserve(Timestamps.USUAL_CHARS + 2);
    if (Timestamps.write(value, bytes, length + 1)) {
      bytes[length] = '"';
      bytes[length + 1 + Timestamps.USUAL_CHARS] = '"';
      length += Timestamps.USUAL_CHARS + 2;
    } else {
      text(Timestamps.format(value));
    }
  }

  /** All of it; spent afterwards. */
  Buffer toBuffer() {
    Buffer buffer = Buffer.buffer(length).appendBytes(bytes, 0, length);
    giveBack();
    return buffer;
  }

  /** All of it; spent afterwards. */
  String toText() {
    var text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    giveBack();
    return text;
  }

  private void giveBack() {
    SPARE.get().giveBack(bytes);
    bytes = null;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  /** The rest of a text, from the first unit on that does not stand for itself. */
  private void escaped(String text, int from) {
    reserve((text.length() - from) * MAX_ESCAPED_BYTES);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        bytes[length++] = (byte) c;
      } else if (c < 0x80) {
        escape(c);
      } else {
        int codePoint = text.codePointAt(i);
        i += Character.charCount(codePoint) - 1;
        utf8(codePoint);
      }
    }
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[length++] = (byte) c;
      case '\b' -> bytes[length++] = 'b';
      case '\t' -> bytes[length++] = 't';
      case '\n' -> bytes[length++] = 'n';
      case '\f' -> bytes[length++] = 'f';
      case '\r' -> bytes[length++] = 'r';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = ESCAPE_HEX[c >> 4];
        bytes[length++] = ESCAPE_HEX[c & 0xF];
      }
    }
  }

  private void utf8(int c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | c >> 6);
    } else {
      if (c < 0x10000) {
        if (Character.isSurrogate((char) c)) {
          throw new IllegalArgumentException("half of a surrogate pair");
        }
        bytes[length++] = (byte) (0xE0 | c >> 12);
      } else {
        bytes[length++] = (byte) (0xF0 | c >> 18);
        bytes[length++] = (byte) (0x80 | c >> 12 & 0x3F);
      }
      bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
    }
    bytes[length++] = (byte) (0x80 | c & 0x3F);
  }

  private void append(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
