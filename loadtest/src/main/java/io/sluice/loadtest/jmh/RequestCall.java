package io.sluice.loadtest.jmh;

import io.sluice.access.ClientAddress;
import io.sluice.dialect.Call;
import io.sluice.ledger.Principal;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as the gateway hands it to a dialect, without the HTTP around it. */
record RequestCall(
    Map<String, String> headers,
    Map<String, String> pathParameters,
    Buffer body,
    Map<String, List<String>> query)
    implements Call {
  RequestCall {
    var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  @Override
  public String requestId() {
    return "benchmark";
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
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
