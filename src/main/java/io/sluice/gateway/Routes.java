package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The routes of one dialect (or of nobody, for paths that no dialect owns) on one event loop. */
final class Routes {
  private static final String NO_OPERATION = "none";
  private static final int NO_CONTENT = 204;

  private final LoopRequests loop;
  private final HttpMetrics metrics;
  private final String dialect;
  private final List<Template> templates;
  private final Function<Fault, Answer> faults;
  private final Router router;

  Routes(Vertx vertx, LoopRequests loop, HttpMetrics metrics, Dialect dialect) {
    this(vertx, loop, metrics, dialect.name(), dialect.endpoints(), dialect::fault);
  }

  Routes(
      Vertx vertx,
      LoopRequests loop,
      HttpMetrics metrics,
      String name,
      List<Endpoint> endpoints,
      Function<Fault, Answer> faults) {
    this.loop = loop;
    this.metrics = metrics;
    this.dialect = name;
    this.faults = faults;
    templates = endpoints.stream().map(Template::of).toList();
    router = Router.router(vertx);
    endpoints.forEach(this::add);
    router.route().handler(this::unmatched);
    router.errorHandler(400, this::malformed);
    router.errorHandler(404, this::unmatched);
    router.errorHandler(405, this::unmatched);
    router.errorHandler(500, this::failed);
  }

  /** Takes a request that Netty could read. */
  void handle(HttpServerRequest request) {
    router.handle(request);
  }

  /** Answers a request that Netty could not read to the end of its headers. */
  void refuse(HttpServerRequest request, Fault fault) {
    exchange(request, null).closing().refuse(fault);
  }

  private void add(Endpoint endpoint) {
    String method = endpoint.method().name();
    HttpMetrics.Operation operation =
        metrics.operation(dialect, endpoint.operation(), endpoint.path(), method);
    Route route = router.route(endpoint.path()).method(endpoint.method());
    if (endpoint.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
    route.handler(
        routing ->
            Exchange.begin(loop, routing, routing.request(), operation, faults).serve(endpoint));
  }

  private void unmatched(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String path = Uris.path(request.path());
    Set<String> methods = methods(path);
    Exchange exchange = exchange(request, routing);
    if (!Uris.isClean(request.uri())) {
      exchange.refuse(Uris.UNCLEAN);
    } else if (methods.isEmpty()) {
      exchange.refuse(new Fault.NotFound(path));
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      exchange.reply(naming(methods, Answer.json(NO_CONTENT, RequestBody.NONE)));
    } else if (methods.contains(request.method().name())) {
      // The router took it for another path, as it resolves dot segments.
      exchange.refuse(new Fault.BadRequest("the path must not have dot segments"));
    } else {
      var fault = new Fault.MethodNotAllowed(request.method().name(), path);
      exchange.reply(naming(methods, faults.apply(fault)));
    }
  }

  private static Answer naming(Set<String> methods, Answer answer) {
    return answer.with("Allow", String.join(", ", methods));
  }

  private void malformed(RoutingContext routing) {
    exchange(routing.request(), routing)
        .refuse(new Fault.BadRequest("the request's path, query or Host header is malformed"));
  }

  private void failed(RoutingContext routing) {
    Exchange exchange = exchange(routing.request(), routing);
    exchange.reply(Failures.answer(routing.failure(), faults, exchange));
  }

  private Exchange exchange(HttpServerRequest request, RoutingContext routing) {
    String method = request.method().name();
    HttpMetrics.Operation operation =
        metrics.operation(dialect, NO_OPERATION, NO_OPERATION, method);
    return Exchange.begin(loop, routing, request, operation, faults);
  }

  /** The methods that a path takes, in order; none for an unknown path. */
  private Set<String> methods(String path) {
    var methods = new TreeSet<String>();
    for (Template template : templates) {
      if (template.pattern().matcher(path).matches()) {
        methods.add(template.method());
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    if (!methods.isEmpty()) {
      methods.add("OPTIONS");
    }
    return methods;
  }

  private record Template(Pattern pattern, String method) {
    private static final Pattern PARAMETER = Pattern.compile(":[A-Za-z0-9_]+");

    static Template of(Endpoint endpoint) {
      String[] literals = PARAMETER.split(endpoint.path(), -1);
      for (int i = 0; i < literals.length; i++) {
        literals[i] = Pattern.quote(literals[i]);
      }
      return new Template(
          Pattern.compile(String.join("[^/]+", literals) + "/?"), endpoint.method().name());
    }
  }
}
