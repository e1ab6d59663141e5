package io.sluice.access;

/** What a new client presents. The secret is shown once and stored nowhere. */
public record IssuedClient(String clientId, String clientSecret) {
  @Override
  public String toString() {
    return "IssuedClient[clientId=" + clientId + ", clientSecret=redacted]";
  }
}
