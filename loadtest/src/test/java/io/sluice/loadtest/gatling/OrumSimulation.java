package io.sluice.loadtest.gatling;

/** Loads the Orum dialect alone. */
public final class OrumSimulation extends DialectSimulation {
  public OrumSimulation() {
    load("orum", new OrumLoad());
  }
}
