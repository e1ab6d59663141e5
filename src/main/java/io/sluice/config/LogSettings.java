package io.sluice.config;

/** Logging. */
public record LogSettings(LogFormat format, LogLevel level) {
  public static final Section<LogSettings> SECTION = new Section<>(LogSettings::read);

  private static LogSettings read(Keys keys) {
    return new LogSettings(
        keys.oneOf(
            "log.format",
            LogFormat.TEXT,
            "How events and requests are logged on standard output: text for people, json for"
                + " machines, one object a line."),
        keys.oneOf("log.level", LogLevel.INFO, "The least important level that is logged."));
  }
}
