package io.sluice.clients;

/**
 * Something that is not as the provider's document has it.
 *
 * @param client whose call it was
 * @param operation method and path in the document
 * @param status of the answer; 0 where there was none
 */
record Finding(
    String client, Provider provider, String operation, int status, Kind kind, String text) {
  /** What can be amiss. */
  enum Kind {
    /** The client did not bring itself to ask. */
    NOT_ASKED,
    /** The story expects another status. */
    OTHER_STATUS,
    /** The document does not declare the status for the operation. */
    UNDECLARED_STATUS,
    /** Content type or body do not fit what the document declares. */
    MISFIT,
    /** It is served, and never answered the client with a success. */
    NEVER_SUCCEEDED,
    /** The client did not understand the answer, or understood something else. */
    NOT_UNDERSTOOD
  }

  @Override
  public String toString() {
    return "%s %s, %s: %s %d: %s".formatted(provider.word(), operation, client, kind, status, text);
  }
}
