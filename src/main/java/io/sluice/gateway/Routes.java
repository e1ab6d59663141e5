package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Headers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The routes of one dialect (or of nobody, for paths that no dialect owns) on one event loop. */
final class Routes {
  private static final Fault NO_HOST =
      new Fault.BadRequest("the Host header, or the authority in the request's target, is none");
  private static final Fault CODED =
      new Fault.Unread(
          Fault.Unread.Cause.NOT_IMPLEMENTED, "chunked is the only transfer coding that is known");
  private static final String NO_OPERATION = "none";
  private static final int NO_CONTENT = 204;

  private final LoopRequests loop;
  private final HttpMetrics metrics;
  private final String dialect;
  private final List<Entry> entries;
  private final Function<Fault, Answer> faults;
  private final Router router;

  /** Of the request that is being routed, which takes no other event. */
  private Target routed;

  /** The last Host header that was another than the one before it, and sound; else null. */
  private String latestHost;

  /**
   * One operation on the paths that it has.
   *
   * @param exceptions paths of others that say more literally what its own leaves open, and that
   *     are theirs whatever the method: {@code /retirements/from_oldest_credits} is no retirement's
   *     id
   */
  private record Entry(
      Template template,
      List<Template> exceptions,
      Endpoint endpoint,
      HttpMetrics.Operation operation) {
    boolean has(List<String> path) {
      if (!template.matches(path)) {
        return false;
      }
      for (Template exception : exceptions) {
        if (exception.matches(path)) {
          return false;
        }
      }
      return true;
    }
  }

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
    List<Template> templates =
        endpoints.stream().map(endpoint -> Template.of(endpoint.path())).distinct().toList();
    entries = endpoints.stream().map(endpoint -> entry(endpoint, templates)).toList();
    router = Router.router(vertx);
    entries.forEach(this::add);
    router.route().handler(this::unmatched);
    router.errorHandler(400, this::unmatched);
    router.errorHandler(404, this::unmatched);
    router.errorHandler(500, this::failed);
  }

  private Entry entry(Endpoint endpoint, List<Template> all) {
    String method = endpoint.method().name();
    HttpMetrics.Operation operation =
        metrics.operation(dialect, endpoint.operation(), endpoint.path(), method);
    Template own = Template.of(endpoint.path());
    List<Template> exceptions = all.stream().filter(other -> other.isNarrowerThan(own)).toList();
    return new Entry(own, exceptions, endpoint, operation);
  }

  private void add(Entry entry) {
    Endpoint endpoint = entry.endpoint();
    Route route = router.route(endpoint.path()).method(endpoint.method());
    if (endpoint.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
    route.handler(routing -> matched(entry, routing));
  }

  /** Takes a request that could be read as HTTP. */
  void handle(HttpServerRequest request, Target target) {
    if (isCoded(request)) {
      refuse(request, target, CODED);
      return;
    }
    Optional<Fault> objection = isHostSound(request) ? target.objection() : Optional.of(NO_HOST);
    if (objection.isPresent()) {
      unrouted(request, target).refuse(objection.get());
      return;
    }
    routed = target;
    router.handle(request);
  }

  /** The router is content with what is only like the path of an operation. */
  private void matched(Entry entry, RoutingContext routing) {
    if (entry.has(routed.segments())) {
      var path = new PathMatch(entry.template(), routed);
      Exchange.begin(loop, path, routing.request(), entry.operation(), faults)
          .serve(entry.endpoint());
    } else {
      routing.next();
    }
  }

  /** Answers a request after which nothing can be read on its connection. */
  void refuse(HttpServerRequest request, Target target, Fault fault) {
    unrouted(request, target).closing().refuse(fault);
  }

  /** Other codings are decoded by nobody; the decoder has refused those that end in another. */
  private static boolean isCoded(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        && Headers.list(request.headers(), HttpHeaders.TRANSFER_ENCODING)
            .filter("chunked"::equalsIgnoreCase)
            .isEmpty();
  }

  /**
   * Absent is allowed here: the decoder has refused what needs one. Clients nearly always come by
   * the same name, which is not read anew each time.
   */
  private boolean isHostSound(HttpServerRequest request) {
    String host = request.headers().get(HttpHeaders.HOST);
    if (host == null || host.equals(latestHost)) {
      return true;
    }
    boolean sound = request.authority() != null;
    if (sound) {
      latestHost = host;
    }
    return sound;
  }

  private void unmatched(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String path = routed.path();
    Set<String> methods = methods();
    Exchange exchange = unrouted(request, routed);
    if (methods.isEmpty()) {
      exchange.refuse(new Fault.NotFound(path));
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      exchange.reply(naming(methods, Answer.json(NO_CONTENT, RequestBody.NONE)));
    } else {
      var fault = new Fault.MethodNotAllowed(request.method().name(), path);
      exchange.reply(naming(methods, faults.apply(fault)));
    }
  }

  private void failed(RoutingContext routing) {
    Exchange exchange = unrouted(routing.request(), routed);
    exchange.reply(Failures.answer(routing.failure(), faults, exchange));
  }

  private static Answer naming(Set<String> methods, Answer answer) {
    return answer.with("Allow", String.join(", ", methods));
  }

  private Exchange unrouted(HttpServerRequest request, Target target) {
    String method = request.method().name();
    HttpMetrics.Operation operation =
        metrics.operation(dialect, NO_OPERATION, NO_OPERATION, method);
    return Exchange.begin(loop, PathMatch.none(target), request, operation, faults);
  }

  /** The methods that a path takes, in order; none for an unknown path. */
  private Set<String> methods() {
    var methods = new TreeSet<String>();
    for (Entry entry : entries) {
      if (entry.has(routed.segments())) {
        methods.add(entry.endpoint().method().name());
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
}
