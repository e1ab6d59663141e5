package io.sluice.loadtest.jmh;

import io.sluice.access.ClientAddress;
import io.sluice.dialect.Call;
import io.sluice.ledger.Principal;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as the gateway hands it to a dialect, without the HTTP around it. */
record RequestCall(
    Map<String, String> headers,
    Map<String, String> pathParameters,
    Buffer body,
    Map<String, List<String>> query)
    implements Call {
  @Override
  public String requestId() {
    return "benchmark";
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public Optional<String> listHeader(String name) {
    return header(name);
  }

  @Override
  public String pathParameter(String name) {
    return pathParameters.get(name);
  }

  @Override
  public ClientAddress address() {
    return ClientAddress.NONE;
  }

  @Override
  public void isFrom(Principal principal) {}

  @Override
  public void seal(Map<String, String> headers) {}

  @Override
  public String contentType() {
    return "application/json";
  }
}
