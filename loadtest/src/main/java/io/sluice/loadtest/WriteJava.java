package io.sluice.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes where this process's Java is and its class path to a file, a line each, so that a script
 * can start further processes without asking Maven each time.
 */
public final class WriteJava {
  private WriteJava() {}

  public static void main(String[] args) throws IOException {
    Files.write(
        Path.of(args[0]),
        List.of(System.getProperty("java.home"), System.getProperty("java.class.path")));
  }
}
