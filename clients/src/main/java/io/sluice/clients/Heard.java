package io.sluice.clients;

import tools.jackson.databind.JsonNode;

/** What a client made of a call. */
sealed interface Heard {
  /** It returned a value, which is shown as JSON. */
  record Understood(JsonNode value) implements Heard {}

  /** It threw what it throws for answers that are no success. */
  record Refused(int status) implements Heard {}

  /** It threw anything else. */
  record Failed(String why) implements Heard {}
}
