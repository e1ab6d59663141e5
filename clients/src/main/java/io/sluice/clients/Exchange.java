package io.sluice.clients;

import java.nio.charset.StandardCharsets;

/**
 * A request of a client and its answer, as they went over the wire.
 *
 * @param path without the query
 * @param contentType as the answer says it; empty without one
 */
record Exchange(String method, String path, int status, String contentType, byte[] body) {
  String mediaType() {
    return contentType.split(";")[0].strip();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
