package io.sluice.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Request ids: the client's where it is sane, else made. One instance for each event loop. */
final class RequestIds {
  static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");

  /** The longest id that is taken from a client. */
  static final int MAX_CHARS = 64;

  private final String prefix;
  private long last;

  RequestIds() {
    prefix = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36) + '-';
  }

  /**
   * The client's id, or a new one when it sent none, several, or one unfit for logs and headers.
   */
  String of(MultiMap headers) {
    List<String> ids = headers.getAll(HEADER);
    return ids.size() == 1 && isSane(ids.getFirst())
        ? ids.getFirst()
        : prefix + Long.toString(++last, 36);
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
