package io.sluice.gateway;

import io.sluice.access.ClientAddress;
import io.sluice.dialect.Call;
import io.sluice.dialect.Headers;
import io.sluice.dialect.MediaTypes;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.loop.Here;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What handlers see of a request and put on its answer. */
abstract class IncomingCall extends Timed implements Call {
  private final HttpServerRequest request;

  private final PathMatch path;
  private final ClientConnection connection;
  private final String requestId;
  private final ForwardedFor proxies;
  private final Response response;
  private final Here here = Here.current();

  /** Null as long as no gate has found out. */
  private Principal principal;

  private Map<String, Object> notes = Map.of();

  IncomingCall(
      HttpServerRequest request,
      PathMatch path,
      ClientConnection connection,
      String requestId,
      HttpDate date,
      ForwardedFor proxies) {
    this.proxies = proxies;
    this.request = request;
    this.path = path;
    this.connection = connection;
    this.requestId = requestId;
    response = new Response(request.response(), requestId, date);
  }

  final HttpServerRequest request() {
    return request;
  }

  final ClientConnection connection() {
    return connection;
  }

  final Response response() {
    return response;
  }

  /** Where everything of it is done. */
  final Here here() {
    return here;
  }

  /** Lets somebody follow it who wants to. */
  final void beginsFor(CallTracer tracer) {
    if (tracer.isOn()) {
      tracer.begins(here.context(), trace());
    }
  }

  final Optional<TenantId> tenant() {
    return Optional.ofNullable(principal).map(Principal::tenant);
  }

  /** Null as long as no gate has found out. */
  final Principal principal() {
    return principal;
  }

  final String method() {
    return request.method().name();
  }

  final boolean isHead() {
    return request.method() == HttpMethod.HEAD;
  }

  final boolean reads() {
    return request.method() == HttpMethod.GET || isHead();
  }

  /** The client's address, as far as those between are to be believed. */
  final String client() {
    String peer = connection.peer();
    return proxies.proxies().contain(peer)
        ? proxies.client(peer, request.headers().getAll(proxies.name()))
        : peer;
  }

  final Optional<TraceParent> trace() {
    return request.headers().contains(TraceParent.HEADER)
        ? TraceParent.of(request.headers().getAll(TraceParent.HEADER))
        : Optional.empty();
  }

  @Override
  public final void isFrom(Principal caller) {
    principal = caller;
  }

  @Override
  public final void note(String field, Object value) {
    notes = new LinkedHashMap<>(notes);
    notes.put(field, value);
  }

  @Override
  public final Map<String, Object> notes() {
    return notes;
  }

  @Override
  public final ClientAddress address() {
    return proxies.proxies().all().isEmpty() ? connection.address() : ClientAddress.of(client());
  }

  @Override
  public final String requestId() {
    return requestId;
  }

  @Override
  public final Optional<String> header(String name) {
    return Headers.single(request.headers(), name);
  }

  @Override
  public final Optional<String> listHeader(String name) {
    return Headers.list(request.headers(), name);
  }

  @Override
  public final String pathParameter(String name) {
    return path.parameter(name);
  }

  @Override
  public final Map<String, List<String>> query() {
    return path.target().query();
  }

  @Override
  public final void seal(Map<String, String> headers) {
    response.seal(headers);
  }

  @Override
  public final String contentType() {
    return MediaTypes.essence(
        Headers.single(request.headers(), HttpHeaders.CONTENT_TYPE).orElse(null));
  }
}
