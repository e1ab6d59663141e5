package io.sluice.dialect;

import java.util.Optional;

/** The bearer token of an {@code Authorization} header (RFC 6750, section 2.1). */
public final class Bearer {
  /** The most characters of a token; no token that is any good is as long. */
  public static final int MAX_CHARS = 8_192;

  public static final String HEADER = "Authorization";

  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /**
   * The token that a call carries.
   *
   * @return empty without the header, for another scheme, and for a token that is empty or longer
   *     than {@value #MAX_CHARS} characters
   * @throws FaultException when there is more than one header
   */
  public static Optional<String> of(Call call) {
    return call.header(HEADER).flatMap(Bearer::token);
  }

  private static Optional<String> token(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String token = header.substring(SCHEME.length()).strip();
    return token.isEmpty() || token.length() > MAX_CHARS ? Optional.empty() : Optional.of(token);
  }
}
