package io.sluice.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Request ids: the client's where it is sane, else made, of chance alone, so that nobody learns
 * from two of them how many requests were between. One instance for each event loop.
 */
final class RequestIds {
  static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");

  /** The longest id that is taken from a client. */
  static final int MAX_CHARS = 64;

  private static final int ID_BYTES = 16;

  /** Chance is fetched for so many ids at once, as that costs little more than for one. */
  private static final int IDS_PER_FETCH = 256;

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();
  private final byte[] chance = new byte[ID_BYTES * IDS_PER_FETCH];
  private int used = chance.length;

  /**
   * The client's id, or a new one when it sent none, several, or one unfit for logs and headers.
   */
  String of(MultiMap headers) {
    List<String> ids = headers.contains(HEADER) ? headers.getAll(HEADER) : List.of();
    return ids.size() == 1 && isSane(ids.getFirst()) ? ids.getFirst() : next();
  }

  private String next() {
    if (used == chance.length) {
      random.nextBytes(chance);
      used = 0;
    }
    byte[] id = Arrays.copyOfRange(chance, used, used + ID_BYTES);
    used += ID_BYTES;
    return TEXT.encodeToString(id);
  }

  private static boolean isSane(String id) {
    if (id.isEmpty() || id.length() > MAX_CHARS) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
