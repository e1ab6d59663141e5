package io.sluice.clients;

/** What a client lives through with one provider: every operation at least once. */
interface Story {
  /** Tells it in a tenant of its own. */
  void tell(Conversation conversation, Management management);
}
