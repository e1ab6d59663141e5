package io.sluice.loadtest.gatling;

/** Loads the Isometric dialect alone. */
public final class IsometricSimulation extends DialectSimulation {
  public IsometricSimulation() {
    load("isometric", new IsometricLoad());
  }
}
