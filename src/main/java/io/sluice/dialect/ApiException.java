package io.sluice.dialect;

/**
 * Ends the handling of a request with an error answer of the dialect. It carries no stack trace: it
 * is a way to answer, not a defect.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  public ApiException(Answer answer) {
    super("HTTP " + answer.status(), null, false, false);
    this.answer = answer;
  }

  /** What to send. */
  public Answer answer() {
    return answer;
  }
}
