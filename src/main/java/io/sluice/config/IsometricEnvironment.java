package io.sluice.config;

/** Which environment Isometric's ids name. */
public enum IsometricEnvironment {
  PRODUCTION,
  SANDBOX
}
