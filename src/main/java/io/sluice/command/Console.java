package io.sluice.command;

import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out what was asked for
 * @param err why it cannot be had
 */
record Console(PrintWriter out, PrintWriter err) {
  /** The process's own streams; each line is written at once. */
  static Console ofProcess() {
    return new Console(new PrintWriter(System.out, true), new PrintWriter(System.err, true));
  }
}
