package io.sluice.gateway;

import io.sluice.config.HttpSettings;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Fault.Unread.Cause;
import io.sluice.loop.HeadFlaw;
import io.sluice.loop.Wire;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** The HTTP server of one event loop. */
final class GatewayVerticle extends VerticleBase {
  private static final long SWEEP_MS = 100;

  /**
   * What the operating system keeps of a connection's answers that are not taken; it would let a
   * client that pretends to be fast grow that to megabytes, which all of the machine share.
   */
  private static final int SEND_BUFFER_BYTES = 131_072;

  private static final Fault NOT_OURS =
      new Fault.Unread(
          Cause.MISDIRECTED_REQUEST, "the Host header has a name that this port does not go by");

  private final HttpSettings settings;
  private final Hosts hosts;
  private final Optional<Tls> tls;
  private final int listenPort;
  private final List<Dialect> dialects;
  private final List<Endpoint> documents;
  private final HttpMetrics metrics;
  private final GatewayState state;
  private final List<Owner> owners = new ArrayList<>();
  private LoopRequests loop;
  private Routes nobodys;
  private HttpServer server;

  /**
   * @param listenPort a negative number stands for a free port, the same one for all who name it
   */
  GatewayVerticle(
      Port port,
      Optional<Tls> tls,
      int listenPort,
      List<Dialect> dialects,
      List<Endpoint> documents,
      HttpMetrics metrics,
      GatewayState state) {
    settings = port.settings();
    hosts = port.hosts();
    this.tls = tls;
    this.dialects = dialects;
    this.documents = documents;
    this.metrics = metrics;
    this.state = state;
    this.listenPort = listenPort;
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options = serverOptions();
    loop = new LoopRequests(settings, options, state);
    dialects.forEach(d -> owners.add(new Owner(d, new Routes(vertx, loop, metrics, d))));
    nobodys = new Routes(vertx, loop, metrics, "none", documents, GenericFaults::answer);
    vertx.setPeriodic(SWEEP_MS, timer -> loop.sweep());
    server =
        vertx
            .createHttpServer(options)
            .exceptionHandler(this::failed)
            .connectionHandler(loop.connections()::opened)
            .invalidRequestHandler(this::invalid)
            .requestHandler(this::requested);
    return server.listen();
  }

  int port() {
    return server.actualPort();
  }

  /** Stops accepting, waits for what is in flight, then closes. */
  Future<Void> drain(long timeoutMs) {
    return server.shutdown(timeoutMs, TimeUnit.MILLISECONDS);
  }

  /** Shows new connections another certificate; of those who listen together, one tells all. */
  Future<?> show(Tls next) {
    return server.updateSSLOptions(next.on(new HttpServerOptions()).getSslOptions(), false);
  }

  /** A client that speaks no TLS, none that is spoken here, or has not the certificate it needs. */
  private void failed(Throwable failure) {
    if (failure instanceof SSLException) {
      state.cut(Cut.HANDSHAKE);
    }
  }

  private HttpServerOptions serverOptions() {
    HttpServerOptions options = plainOptions();
    tls.ifPresent(
        shown ->
            shown
                .on(options)
                .setSslHandshakeTimeout(settings.headerTimeoutMs())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
    return options;
  }

  private HttpServerOptions plainOptions() {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(listenPort)
        .setMaxHeaderSize(settings.maxHeaderBytes())
        .setMaxInitialLineLength(settings.maxRequestLineBytes())
        .setTcpNoDelay(true)
        .setSendBufferSize(SEND_BUFFER_BYTES)
        .setHttp2ClearTextEnabled(false)
        // Else every request and answer passes a handler that looks for WebSockets to compress.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }

  private void requested(HttpServerRequest request) {
    if (isWelcome(request)) {
      Target target = Target.of(request.uri());
      Routes routes = routes(target);
      if (hosts.admit(request, target)) {
        routes.handle(request, target);
      } else {
        routes.refuse(request, target, NOT_OURS);
      }
    }
  }

  private void invalid(HttpServerRequest request) {
    if (isWelcome(request)) {
      Target target = Target.of(request.uri());
      routes(target).refuse(request, target, fault(request));
    }
  }

  /** A client that was hung up on may have sent a request all the same. */
  private boolean isWelcome(HttpServerRequest request) {
    ClientConnection connection = loop.connections().of(request.connection());
    return connection != null && !connection.isLeaving();
  }

  private Fault fault(HttpServerRequest request) {
    return switch (HeadFlaw.of(request)) {
      case LINE_TOO_LONG ->
          new Fault.Unread(
              Cause.URI_TOO_LONG,
              "the request line is longer than " + settings.maxRequestLineBytes() + " bytes");
      case HEADERS_TOO_LONG ->
          new Fault.Unread(
              Cause.HEADERS_TOO_LARGE,
              "the headers are longer than " + settings.maxHeaderBytes() + " bytes");
      case TOO_MANY_HEADERS ->
          new Fault.Unread(
              Cause.HEADERS_TOO_LARGE,
              "the request has more than " + Wire.MAX_HEADER_FIELDS + " header fields");
      case VERSION ->
          new Fault.Unread(Cause.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.1 and 1.0 are served");
      case LATE ->
          new Fault.Unread(Cause.REQUEST_TIMEOUT, "the request's head did not arrive in time");
      case HOST -> new Fault.BadRequest("a request has exactly one Host header");
      case MALFORMED -> new Fault.BadRequest("the request is not well-formed HTTP");
    };
  }

  private Routes routes(Target target) {
    String path = target.place();
    for (Owner owner : owners) {
      if (owner.dialect().owns(path)) {
        return owner.routes();
      }
    }
    return nobodys;
  }

  private record Owner(Dialect dialect, Routes routes) {}
}
