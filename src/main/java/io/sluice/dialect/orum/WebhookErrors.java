package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;

/** What is said of webhooks, in the words of {@link Errors}. */
final class WebhookErrors {
  private WebhookErrors() {}

  static Answer malformedConfigurationId() {
    return Errors.error(
        400, "unknown_id_webhook_configuration", "The webhook configuration's id must be a UUID.");
  }

  static Answer unknownConfiguration() {
    return Errors.error(
        404, "unknown_id_webhook_configuration", "There is no webhook configuration with this id.");
  }

  static Answer noKeyPair() {
    return Errors.error(
        404, "not_found", "There are no keys yet; POST /webhooks/secret makes them.");
  }

  /**
   * @param objection the end of a sentence about it
   */
  static Answer invalidUrl(String objection) {
    return Errors.error(400, "invalid_url", "url " + objection + ".");
  }

  /**
   * @param member of a request about webhooks
   */
  static Answer missingOfWebhook(String member) {
    return Errors.error(400, "missing_" + member, member + " is required.");
  }

  /**
   * @param member of a request about webhooks
   */
  static Answer invalidOfWebhook(String member) {
    return Errors.error(400, "invalid_" + member, member + " is not such as it must be.");
  }
}
