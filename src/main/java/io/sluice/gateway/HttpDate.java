package io.sluice.gateway;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the Date header says (RFC 9110, section 6.6.1). Written once a second, not per answer. */
final class HttpDate {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private long second = Long.MIN_VALUE;
  private CharSequence text;

  HttpDate() {
    update();
  }

  /** Called several times a second. */
  void update() {
    Instant now = Instant.now();
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      text = HttpHeaders.createOptimized(FORM.format(now));
    }
  }

  CharSequence text() {
    return text;
  }
}
