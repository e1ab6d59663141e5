package io.sluice.clients;

/** The providers who publish a document. */
enum Provider {
  ISOMETRIC("isometric", "/registry/v0"),
  ORUM("orum", "");

  private final String word;
  private final String base;

  Provider(String word, String base) {
    this.word = word;
    this.base = base;
  }

  /** The name of its dialect. */
  String word() {
    return word;
  }

  /** What stands before the document's paths. */
  String base() {
    return base;
  }
}
