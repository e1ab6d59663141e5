package io.sluice.dialect.isometric;

import io.sluice.config.Keys;
import io.sluice.config.Section;

/** What an operator may change of this dialect. */
public record Settings(Environment environment) {
  public static final Section<Settings> SECTION = new Section<>(Settings::read);

  private static Settings read(Keys keys) {
    return new Settings(
        keys.about(
                "Which of Isometric's environments the ids look like. Ids of the other one are not"
                    + " found, so do not change it once something is stored.")
            .oneOf("isometric.environment", Environment.PRODUCTION));
  }
}
