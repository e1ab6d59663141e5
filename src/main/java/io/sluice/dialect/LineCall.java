package io.sluice.dialect;

import io.sluice.access.ClientAddress;
import io.sluice.access.Presented;
import io.sluice.ledger.Principal;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a request, as if it had come as a request of its own with the same head.
 *
 * @param bearer the token in that head, which all lines share, so that it is hashed once
 */
record LineCall(Call whole, Optional<Presented> bearer, Buffer body) implements Call {
  @Override
  public String requestId() {
    return whole.requestId();
  }

  @Override
  public Optional<String> header(String name) {
    return whole.header(name);
  }

  @Override
  public Optional<String> listHeader(String name) {
    return whole.listHeader(name);
  }

  @Override
  public String pathParameter(String name) {
    return whole.pathParameter(name);
  }

  @Override
  public Map<String, List<String>> query() {
    return whole.query();
  }

  @Override
  public ClientAddress address() {
    return whole.address();
  }

  /** It is the same as the whole request's. */
  @Override
  public void isFrom(Principal principal) {}

  /** The answer's head has been sent. */
  @Override
  public void seal(Map<String, String> headers) {}

  @Override
  public String contentType() {
    return whole.contentType();
  }
}
