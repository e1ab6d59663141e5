package io.sluice.access;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** What the names of credentials may look like. */
public final class CredentialNames {
  public static final int MAX_NAME_CHARS = 255;
  static final int MIN_PASSWORD_CHARS = 8;
  public static final int MAX_PASSWORD_CHARS = 1024;
  static final int MAX_SCOPES = 64;

  private CredentialNames() {}

  /**
   * Whether PostgreSQL can hold a name as it is: it has no NUL, and UTF-8 no lone surrogates. What
   * it cannot hold belongs to nobody.
   */
  static boolean storable(String name) {
    return !name.isEmpty()
        && length(name) <= MAX_NAME_CHARS
        && OneLine.is(name)
        && StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  static void requireStorable(String what, String name) {
    if (!storable(name)) {
      throw new CredentialRefused(
          CredentialRefused.Reason.INVALID,
          what + " must have 1 to " + MAX_NAME_CHARS + " characters, " + OneLine.RULE);
    }
  }

  /**
   * What is guessed first is no password, however long it is and whatever its letters look like.
   * Blanks around it make it no longer and no rarer.
   */
  static void requirePassword(String username, String password) {
    String plain = Normalizer.normalize(password, Normalizer.Form.NFKC).strip();
    if (plain.equalsIgnoreCase(username) || CommonPasswords.contains(plain)) {
      throw new CredentialRefused(
          CredentialRefused.Reason.INVALID,
          "password must be neither the user's name nor one of the commonest passwords");
    }
    if (length(plain) < MIN_PASSWORD_CHARS
        || isTooLongForAPassword(password)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
      throw new CredentialRefused(
          CredentialRefused.Reason.INVALID,
          "password must have "
              + MIN_PASSWORD_CHARS
              + " to "
              + MAX_PASSWORD_CHARS
              + " characters without blanks around them");
    }
  }

  /** Whether nobody has this password, so that it is not worth a hash. */
  static boolean isTooLongForAPassword(String text) {
    return length(text) > MAX_PASSWORD_CHARS;
  }

  /** In code points, which is how the documents of the APIs count characters. */
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** As in RFC 6749: printable ASCII without space, quote and backslash. */
  static boolean isScope(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_NAME_CHARS
        && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
  }

  static void requireScope(String scope) {
    if (!isScope(scope)) {
      throw new CredentialRefused(
          CredentialRefused.Reason.INVALID,
          "each of scopes must be 1 to "
              + MAX_NAME_CHARS
              + " printable ASCII characters without spaces, quotes and backslashes");
    }
  }
}
