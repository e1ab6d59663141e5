package io.sluice.dialect;

import io.sluice.access.Presented;
import java.util.Optional;

/**
 * The bearer token of an {@code Authorization} header (RFC 6750, section 2.1), and what is answered
 * to one that is missing or will not do.
 */
public final class Bearer {
  /** The most characters of a token; no token that is any good is as long. */
  public static final int MAX_CHARS = 8_192;

  public static final String HEADER = "Authorization";

  private static final String SCHEME = "Bearer ";

  private static final String CHALLENGE_HEADER = "WWW-Authenticate";

  private Bearer() {}

  /** The answer to a call without a token, with the challenge to bring one. */
  public static Answer challenge(Answer answer) {
    return answer.with(CHALLENGE_HEADER, "Bearer");
  }

  /** The answer to a call whose token is no good (section 3.1). */
  public static Answer invalid(Answer answer) {
    return answer.with(CHALLENGE_HEADER, "Bearer error=\"invalid_token\"");
  }

  /**
   * The answer to a call whose token does not reach so far (section 3.1).
   *
   * @param scope what it lacks
   */
  public static Answer insufficient(Answer answer, String scope) {
    return answer.with(
        CHALLENGE_HEADER, "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
  }

  /**
   * The token in a header.
   *
   * @return empty for another scheme, and for a token that is empty or longer than {@value
   *     #MAX_CHARS} characters
   */
  static Optional<Presented> in(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    int from = SCHEME.length();
    int to = header.length();
    while (from < to && Character.isWhitespace(header.charAt(from))) {
      from++;
    }
    while (from < to && Character.isWhitespace(header.charAt(to - 1))) {
      to--;
    }
    return from == to || to - from > MAX_CHARS
        ? Optional.empty()
        : Optional.of(new Presented(header, from, to));
  }
}
