package io.sluice.loadtest.gatling;

/** Loads the Scrip dialect alone. */
public final class ScripSimulation extends DialectSimulation {
  public ScripSimulation() {
    load("scrip", new ScripLoad());
  }
}
