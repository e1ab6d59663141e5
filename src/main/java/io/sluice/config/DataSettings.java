package io.sluice.config;

import java.nio.file.Path;

/**
 * What Sluice keeps in files, and where files are whose path is relative: beneath the installation
 * when {@code bin/sluice} has started it, whatever the working directory is.
 */
public record DataSettings(Path directory) {
  /** Named by {@code bin/sluice}; elsewhere the working directory. */
  public static final Path HOME = Path.of(System.getProperty("sluice.home", ""));

  public static final Section<DataSettings> SECTION = new Section<>(DataSettings::read);

  private static DataSettings read(Keys keys) {
    Path directory =
        keys.about("Where Sluice keeps its own PostgreSQL, its signing keys and its admin token.")
            .path("data.directory", "data");
    return new DataSettings(HOME.resolve(directory));
  }
}
