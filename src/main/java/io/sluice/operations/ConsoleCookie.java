package io.sluice.operations;

import io.sluice.dialect.Call;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cookie that a session of the console is known by. No script can read it. */
final class ConsoleCookie {
  static final String NAME = "sluice_console";

  private static final String ATTRIBUTES = "; Path=/console; HttpOnly; SameSite=Strict";
  private static final String ENDED = "; Max-Age=0";
  private static final String SECURE = "; Secure";

  private ConsoleCookie() {}

  /** What the call brings; empty without one, and where there are two, as one may be forged. */
  static Optional<String> of(Call call) {
    List<String> values =
        call.header("Cookie").stream()
            .flatMap(header -> Stream.of(header.split(";")))
            .map(String::strip)
            .filter(pair -> pair.startsWith(NAME + "="))
            .map(pair -> pair.substring(NAME.length() + 1))
            .toList();
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /**
   * Sets it until the browser ends.
   *
   * @param secure whether the browser speaks TLS, and so must never send it otherwise
   */
  static String set(String id, boolean secure) {
    return NAME + "=" + id + ATTRIBUTES + (secure ? SECURE : "");
  }

  /** Takes it away. */
  static String end() {
    return NAME + "=" + ATTRIBUTES + ENDED;
  }
}
