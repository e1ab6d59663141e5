package io.sluice.dialect.isometric;

/** Which of the registry's two environments a gateway stands for; every id carries its mark. */
public enum Environment {
  PRODUCTION("1S0"),
  SANDBOX("SBX");

  private final String marker;

  Environment(String marker) {
    this.marker = marker;
  }

  /** The three characters in the middle of every id. */
  String marker() {
    return marker;
  }
}
