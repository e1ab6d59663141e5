package io.sluice.style;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Formats every Java file in place: {@code mvn -q test-compile exec:exec@format}. */
public final class FormatSources {
  private FormatSources() {}

  public static void main(String[] args) throws IOException {
    for (Path file : Sources.all()) {
      String source = Sources.read(file);
      String formatted = format(source);
      if (!formatted.equals(source)) {
        Files.writeString(file, formatted);
        System.out.println("formatted " + file);
      }
    }
  }

  static String format(String source) {
    try {
      return new Formatter().formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
