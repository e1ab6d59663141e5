package io.sluice.dialect.scrip;

/** What the Scrip dialect calls its holders and assets in the store. */
final class Names {
  static final String DIALECT = "scrip";

  /** A programme. Its reference is its id; what it owns is its wallet. */
  static final String PROGRAM = "scrip.program";

  /** A participant. Its reference is the external id. */
  static final String PARTICIPANT = "scrip.participant";

  /** A group. Its reference is its id. */
  static final String GROUP = "scrip.group";

  /** An asset, and the holder of the same id that carries its status. */
  static final String ASSET = "scrip.asset";

  /** Where value comes from and where it ends. */
  static final String SYSTEM = "scrip.system";

  private Names() {}
}
