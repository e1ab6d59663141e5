package io.sluice.dialect.corebanq;

import io.sluice.config.Keys;
import io.sluice.config.Section;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an operator may change of this dialect.
 *
 * @param appIds the programs that may sign users in; empty where any may
 */
public record Settings(Optional<Set<String>> appIds) {
  public static final Section<Settings> SECTION = new Section<>(Settings::read);

  public Settings {
    appIds = appIds.map(Set::copyOf);
  }

  /** What may be part of a cookie's name without being quoted. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Whether a program may go by a name at all. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static Settings read(Keys keys) {
    return new Settings(
        keys.about(
                "The values of X-App-ID with which users may sign in, with commas between, such as"
                    + " web-app, admin-app. Not set: any, and none.")
            .optional("corebanq.appIds", "names with commas between", Settings::names));
  }

  private static Set<String> names(String text) {
    Set<String> names = Set.copyOf(java.util.List.of(text.trim().split("\\s*,\\s*")));
    if (!names.stream().allMatch(Settings::isName)) {
      throw new IllegalArgumentException("an application has letters, digits, dots and dashes");
    }
    return names;
  }
}
