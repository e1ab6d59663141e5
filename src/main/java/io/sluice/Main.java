package io.sluice;

import io.sluice.command.SluiceCommand;

/** Where the Java virtual machine begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    SluiceCommand.main(args);
  }
}
