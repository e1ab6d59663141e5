package io.sluice.operations;

import io.sluice.access.CredentialType;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.FirstTransfer;
import io.vertx.core.Future;
import java.util.List;

/** A dialect that nothing in the gateway knows of; it brings credentials and nothing else. */
record NewcomerDialect(List<CredentialType> credentials) implements Dialect {
  @Override
  public String name() {
    return "newcomer";
  }

  @Override
  public String title() {
    return "Newcomer";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of();
  }

  @Override
  public boolean owns(String path) {
    return false;
  }

  @Override
  public Answer fault(Fault fault) {
    throw new AssertionError("it has no paths");
  }

  @Override
  public Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    throw new AssertionError("it has nothing to show");
  }
}
