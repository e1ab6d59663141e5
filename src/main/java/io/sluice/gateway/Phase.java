package io.sluice.gateway;

/** How far an exchange has come. It only goes forward, and it may skip what it does not need. */
enum Phase {
  /** The gate looks at the head. Nothing is read of the body. */
  ADMITTING,

  /** The body is collected for a handler that has not been asked yet. */
  RECEIVING,

  /** The handler works. What still comes of a body that it does not want is thrown away. */
  HANDLING,

  /** The answer is on its way. What still comes of the body is thrown away. */
  ANSWERED,

  /** The body is in and the answer is given, or there is nobody to give it to. */
  OVER;

  /**
   * The phase after this one.
   *
   * @throws IllegalStateException when no exchange goes from here to there: that is a defect
   */
  Phase then(Phase next) {
    if (next.ordinal() <= ordinal()) {
      throw new IllegalStateException("an exchange does not go from " + this + " to " + next);
    }
    return next;
  }

  /** Whether the client has not been answered and has not gone. */
  boolean owesAnswer() {
    return this == ADMITTING || this == RECEIVING || this == HANDLING;
  }
}
