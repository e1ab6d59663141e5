package io.sluice.loadtest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A request whose parts that differ are UUIDs. They all have one length, so that a request is made
 * by writing them over those of the last one: making requests shares the processors with what is
 * measured.
 */
final class Template {
  /** Stands for a UUID in the text of a request. */
  static final String PLACE = "~";

  private static final String EMPTY = new UUID(0, 0).toString();
  private static final int UUID_BYTES = 36;
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] VARIANT = ascii("89ab");
  private static final int DIGITS_A_LONG = 16;
  private static final int VERSION_AT = 14;
  private static final int VARIANT_AT = 19;

  private final byte[] request;
  private final int[] places;

  private Template(byte[] request, int[] places) {
    this.request = request;
    this.places = places;
  }

  /**
   * A POST of JSON to 127.0.0.1.
   *
   * @param path with {@link #PLACE} for each UUID
   * @param authorization a header line without its end
   * @param body the same
   */
  static Template post(String path, String authorization, String body) {
    int length = body.replace(PLACE, EMPTY).length();
    return of(
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n%s\r\n"
                .formatted(path, authorization)
            + "Content-Length: %d\r\n\r\n%s".formatted(length, body));
  }

  /** A GET from 127.0.0.1, with the same. */
  static Template get(String path, String authorization) {
    return of("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n\r\n".formatted(path, authorization));
  }

  /** Any text, with the same. */
  static Template of(String text) {
    List<Integer> places = new ArrayList<>();
    for (int at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, at + 1)) {
      places.add(at + places.size() * (UUID_BYTES - PLACE.length()));
    }
    return new Template(
        ascii(text.replace(PLACE, EMPTY)), places.stream().mapToInt(Integer::intValue).toArray());
  }

  /** A UUID as {@link #set} takes it. */
  static byte[] bytes(UUID id) {
    return ascii(id.toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Bytes of a request. */
  int length() {
    return request.length;
  }

  void set(int place, byte[] id) {
    System.arraycopy(id, 0, request, places[place], UUID_BYTES);
  }

  /** A fresh random UUID at the last place, where transfers have their key. */
  void setKey(SplittableRandom random) {
    int start = places[places.length - 1];
    long bits = 0;
    int digits = 0;
    for (int i = 0; i < UUID_BYTES; i++) {
      if (request[start + i] != '-') {
        bits = digits++ % DIGITS_A_LONG == 0 ? random.nextLong() : bits >>> 4;
        request[start + i] = HEX[(int) (bits & 0xF)];
      }
    }
    request[start + VERSION_AT] = '4';
    request[start + VARIANT_AT] = VARIANT[random.nextInt(VARIANT.length)];
  }

  void write(ByteBuffer out) {
    out.put(request);
  }
}
