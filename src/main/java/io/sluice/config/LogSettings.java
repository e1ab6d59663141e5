package io.sluice.config;

/** Logging. */
public record LogSettings(LogFormat format, LogLevel level) {
  public static final Section<LogSettings> SECTION = new Section<>(LogSettings::read);

  private static LogSettings read(Keys keys) {
    return new LogSettings(
        keys.about(
                "How events and requests are logged on standard output: text for people, json for"
                    + " machines, one object a line.")
            .oneOf("log.format", LogFormat.TEXT),
        keys.about("The least important level that is logged.").oneOf("log.level", LogLevel.INFO));
  }
}
