package io.sluice.operations;

/** A check's own words for what is not well; safe to show. */
final class CheckFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CheckFailed(String message) {
    super(message, null, false, false);
  }
}
