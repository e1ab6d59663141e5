package io.sluice.loadtest.gatling;

/** Loads the Corebanq dialect alone. */
public final class CorebanqSimulation extends DialectSimulation {
  public CorebanqSimulation() {
    load("corebanq", new CorebanqLoad());
  }
}
