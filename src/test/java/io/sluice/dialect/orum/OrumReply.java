package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;

/** What came back over HTTP, with words for Orum's envelope. */
record OrumReply(Reply reply) {
  int status() {
    return reply.status();
  }

  JsonNode json() {
    return reply.json();
  }

  /** The status and, for an error, its code: {@code 400 missing_amount}. */
  String summary() {
    JsonNode code = json().get("error_code");
    return code == null ? "" + status() : status() + " " + code.textValue();
  }

  /** The text at a JSON pointer; null when there is none. */
  String text(String pointer) {
    return json().at(pointer).textValue();
  }

  /** The number at a JSON pointer. */
  long number(String pointer) {
    return json().at(pointer).longValue();
  }

  String header(String name) {
    return reply.header(name).orElse("");
  }
}
