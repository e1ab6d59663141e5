package io.sluice.config;

import java.nio.file.Path;

/** What Sluice keeps in files. */
public record DataSettings(Path directory) {
  public static final Section<DataSettings> SECTION = new Section<>(DataSettings::read);

  private static DataSettings read(Keys keys) {
    return new DataSettings(
        keys.about("Where Sluice keeps its own PostgreSQL, its signing keys and its admin token.")
            .path("data.directory", "data"));
  }
}
