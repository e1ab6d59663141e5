package io.sluice.operations;

import io.sluice.dialect.Call;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    return origin.map(ConsoleOrigin::authority).map(named -> isHost(call, named)).orElse(absent);
  }

  /** What names no host, or was sent to none, is nobody's own. */
  private static boolean isHost(Call call, String authority) {
    return !authority.isEmpty()
        && call.header("Host").map(ConsoleOrigin::lower).equals(Optional.of(authority));
  }

  /** Empty where there is none. */
  private static String authority(String origin) {
    String lower = lower(origin);
    return Stream.of(HTTPS, HTTP)
        .filter(lower::startsWith)
        .map(scheme -> lower.substring(scheme.length()))
        .findFirst()
        .orElse("");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
