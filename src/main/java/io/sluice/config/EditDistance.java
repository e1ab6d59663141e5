package io.sluice.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How many letters two words differ by. */
public final class EditDistance {
  private EditDistance() {}

  /**
   * The known word that is most like a mistyped one.
   *
   * @param most by how many letters it may differ
   */
  public static Optional<String> nearest(String word, Collection<String> known, int most) {
    return known.stream()
        .min(Comparator.comparingInt(hint -> between(hint, word)))
        .filter(hint -> between(hint, word) <= most);
  }

  /** Insertions, deletions and replacements that turn one into the other; case does not count. */
  static int between(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
