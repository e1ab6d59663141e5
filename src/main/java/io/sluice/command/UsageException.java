package io.sluice.command;

/** A command line that cannot be understood. The message says where, for people. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
