package io.sluice.access;

/** What an OAuth client presents. The secret is shown once and stored nowhere. */
public record OAuthSecret(String clientId, String clientSecret) {
  @Override
  public String toString() {
    return "OAuthSecret[clientId=" + clientId + ", clientSecret=redacted]";
  }
}
