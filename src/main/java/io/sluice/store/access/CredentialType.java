package io.sluice.store.access;

/** The kinds of credential. */
public enum CredentialType {
  API_KEY("api-key"),
  CLIENT_SECRET("client-secret"),
  OAUTH_CLIENT("oauth-client"),
  USER("user"),
  ORGANISATION_TOKEN("organisation-token");

  private final String text;

  CredentialType(String text) {
    this.text = text;
  }

  /** As stored. */
  public String text() {
    return text;
  }
}
