package io.sluice.config;

/** Whether a demo tenant is set up. */
public enum DemoMode {
  AUTO,
  TRUE,
  FALSE
}
