package io.sluice.store.access;

import java.util.regex.Pattern;

/**
 * What a type of credential is called: in the database, in paths and in the audit log.
 *
 * @param text lower-case words of letters and digits, joined by hyphens: {@code api-key}
 */
public record CredentialTypeName(String text) {
  private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  public CredentialTypeName {
    if (!WORDS.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a credential type is called by lower-case words with hyphens between, not " + text);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
