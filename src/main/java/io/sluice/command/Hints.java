package io.sluice.command;

import io.sluice.config.EditDistance;
import java.util.List;

/** What is said of a word that is not known. */
final class Hints {
  private static final int MAX_DISTANCE = 3;

  private Hints() {}

  /**
   * Which one may be meant.
   *
   * @param word perhaps with a value after {@code =}
   * @param known those that might stand there
   */
  static String unknown(String word, List<String> known) {
    return EditDistance.nearest(word.replaceFirst("=.*", ""), known, MAX_DISTANCE)
        .map(near -> "Unknown: '%s'; the nearest known one is %s".formatted(word, near))
        .orElse("Unknown: '" + word + "'");
  }
}
