package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.node.TextNode;

/** Texts as JSON. */
final class JsonText {
  private JsonText() {}

  /** The text as a JSON string, quotes included. */
  static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
