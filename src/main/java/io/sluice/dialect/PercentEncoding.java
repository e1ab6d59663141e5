package io.sluice.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one way to read percent-encoded text (RFC 3986), strictly: every escape is whole, all of them
 * together are UTF-8, and nothing stands there raw that should have been encoded. What reads more
 * leniently finds another thing than was asked for.
 */
public final class PercentEncoding {
  private static final char FIRST_VISIBLE = ' ';
  private static final char LAST_VISIBLE = '~';
  private static final int HEXADECIMAL = 16;

  private PercentEncoding() {}

  /** A text that is not what it claims to be. Its message says why, and repeats nothing of it. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
      super(reason, null, false, false);
    }
  }

  /** What a part of a path stands for; a plus sign is a plus sign. */
  public static String text(String encoded) throws Unreadable {
    return decode(encoded, '+');
  }

  /**
   * The pairs of a query or a form, in their order. Only an ampersand separates them, and a plus
   * sign stands for a blank, as browsers and generated clients write it.
   */
  public static Map<String, List<String>> pairs(String encoded) throws Unreadable {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    int start = 0;
    while (start < encoded.length()) {
      int found = encoded.indexOf('&', start);
      int end = found < 0 ? encoded.length() : found;
      if (end > start) {
        add(encoded.substring(start, end), pairs);
      }
      start = end + 1;
    }
    return pairs;
  }

  private static void add(String pair, Map<String, List<String>> pairs) throws Unreadable {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals), ' ');
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1), ' ');
    pairs.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
  }

  /**
   * @param plus what a plus sign stands for
   */
  private static String decode(String encoded, char plus) throws Unreadable {
    boolean asItIs = true;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c < FIRST_VISIBLE || c > LAST_VISIBLE) {
        throw new Unreadable("has a control or non-ASCII character that is not percent-encoded");
      }
      asItIs = asItIs && c != '%' && (c != '+' || plus == '+');
    }
    return asItIs ? encoded : decodeEscapes(encoded, plus);
  }

  private static String decodeEscapes(String encoded, char plus) throws Unreadable {
    byte[] bytes = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) (digit(encoded, i + 1) * HEXADECIMAL + digit(encoded, i + 2));
        i += 2;
      } else {
        bytes[length++] = (byte) (c == '+' ? plus : c);
      }
    }
    String text = utf8(ByteBuffer.wrap(bytes, 0, length));
    if (text.indexOf('\0') >= 0) {
      throw new Unreadable("contains U+0000");
    }
    return text;
  }

  private static int digit(String encoded, int at) throws Unreadable {
    int digit = at < encoded.length() ? Character.digit(encoded.charAt(at), HEXADECIMAL) : -1;
    if (digit < 0) {
      throw new Unreadable("has a percent sign without two hexadecimal digits after it");
    }
    return digit;
  }

  private static String utf8(ByteBuffer bytes) throws Unreadable {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Unreadable("has percent-encoded bytes that are not UTF-8");
    }
  }
}
