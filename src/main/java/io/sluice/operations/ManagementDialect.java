package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.vertx.core.Future;
import java.util.List;

/**
 * The management port's own API. It is served by the same gateway code as the dialects, so limits,
 * deadlines, request ids and errors are the same; no money moves here but through a dialect.
 */
final class ManagementDialect implements Dialect {
  private final List<Endpoint> endpoints;

  ManagementDialect(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  @Override
  public String name() {
    return "management";
  }

  @Override
  public String title() {
    return "Management";
  }

  @Override
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** All but what the port serves for every API: the document and the list of documents. */
  @Override
  public boolean owns(String path) {
    return !path.equals("/") && !path.startsWith("/openapi/");
  }

  @Override
  public Answer fault(Fault fault) {
    return AdminErrors.of(fault);
  }

  @Override
  public Future<String> demonstrate(Demonstration demonstration) {
    return Future.failedFuture("the management port has nothing to demonstrate");
  }
}
