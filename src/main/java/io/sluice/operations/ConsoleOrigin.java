package io.sluice.operations;

import io.sluice.dialect.Call;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request comes from a page of the console. Browsers say so themselves, and no page can
 * make them say otherwise.
 */
final class ConsoleOrigin {
  private static final String HEADER = "Origin";
  private static final String HTTPS = "https://";
  private static final String HTTP = "http://";

  /** Whoever types an address comes from no site. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private ConsoleOrigin() {}

  /**
   * Lets pass what a page of the console asks for. What changes something has to say where it comes
   * from; what reads must only not say that it comes from elsewhere.
   */
  static void requireOwn(Call call, HttpMethod method) {
    boolean isOwnSite = call.header("Sec-Fetch-Site").map(OWN_SITES::contains).orElse(true);
    if (!isOwnSite || !isOwnOrigin(call, method.equals(HttpMethod.GET))) {
      throw AdminErrors.elsewhere();
    }
  }

  /** Whether the browser speaks TLS, with us or with what stands before us. */
  static boolean isSecure(Call call) {
    return call.header(HEADER).filter(origin -> origin.startsWith(HTTPS)).isPresent();
  }

  private static boolean isOwnOrigin(Call call, boolean absent) {
    Optional<String> origin = call.header(HEADER);
    return origin.isEmpty()
        ? absent
        : call.header("Host").map(ConsoleOrigin::lower).equals(authority(origin.get()));
  }

  private static Optional<String> authority(String origin) {
    String lower = lower(origin);
    return lower.startsWith(HTTPS)
        ? Optional.of(lower.substring(HTTPS.length()))
        : Optional.of(lower)
            .filter(text -> text.startsWith(HTTP))
            .map(text -> text.substring(HTTP.length()));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
