package io.sluice.gateway;

import io.sluice.dialect.Dialect;

/** Texts as they stand in a page. */
final class Html {
  private Html() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** What is between backquotes is code. */
  static String withCode(String text) {
    return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
  }

  /** The provider's name. */
  static String title(Dialect dialect) {
    return escaped(dialect.title().split(": ")[0]);
  }
}
