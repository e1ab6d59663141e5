package io.sluice.command;

import io.sluice.dialect.JsonWriter;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command says, for people or for programs. */
final class Output {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--json", description = "print one JSON object, for programs")
  private boolean json;

  /** Says it in the one form or the other. */
  void say(String text, JsonWriter members) {
    out().println(json ? members.toText() : text);
  }

  /** Whether programs read it. */
  boolean isJson() {
    return json;
  }

  /** What was asked for. */
  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Why it cannot be had, and how far it is. */
  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
