package io.sluice.dialect.corebanq;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The programs through which users sign in: {@code X-App-ID}, and the cookie of each. */
record Apps(Settings settings) {
  /** Where none is named. */
  static final String NONE = "";

  private static final String HEADER = "X-App-ID";
  private static final String COOKIE = "refresh_token";
  private static final String COOKIE_ATTRIBUTES =
      "; Path=/v1/refresh-token; Max-Age=%d; HttpOnly; Secure; SameSite=Strict";

  /**
   * The program that a call names, if it does.
   *
   * @throws ApiException when that program may not sign users in
   */
  Optional<String> named(Call call) {
    Optional<String> named = call.header(HEADER);
    named.filter(app -> !isAllowed(app)).ifPresent(app -> refuse());
    return named;
  }

  private boolean isAllowed(String app) {
    return Settings.isName(app)
        && settings.appIds().map(allowed -> allowed.contains(app)).orElse(true);
  }

  private static void refuse() {
    throw new ApiException(Errors.invalidAppId());
  }

  /** The cookie that hands a refresh token out. */
  static String cookie(String app, String token, long seconds) {
    return cookieName(app) + "=" + token + COOKIE_ATTRIBUTES.formatted(seconds);
  }

  private static String cookieName(String app) {
    return app.equals(NONE) ? COOKIE : COOKIE + "_" + app;
  }

  /** The refresh tokens that a call brings, by the program that each cookie names. */
  static Map<String, String> tokens(Call call) {
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String pair : call.header("Cookie").orElse("").split(";")) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(COOKIE)) {
        tokens.put(NONE, parts[1]);
      } else if (parts.length == 2 && parts[0].startsWith(COOKIE + "_")) {
        tokens.put(parts[0].substring(COOKIE.length() + 1), parts[1]);
      }
    }
    return tokens;
  }
}
