package io.sluice.dialect;

/**
 * A body that is not acceptable JSON. The gateway turns it into {@link Fault.InvalidJson} unless a
 * dialect catches it. The reason never repeats what the client sent, as that may be a secret.
 */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  JsonException(String problem, long line, long column, long offset) {
    super(problem + " (line " + line + ", column " + column + ")", null, false, false);
    this.offset = offset;
  }

  JsonException(String problem) {
    super(problem, null, false, false);
    this.offset = 0;
  }

  /** What is wrong and where, for the client to read. */
  public String reason() {
    return getMessage();
  }

  /** How many characters into the body the problem was noticed; 0 when it has no place. */
  public long offset() {
    return offset;
  }
}
