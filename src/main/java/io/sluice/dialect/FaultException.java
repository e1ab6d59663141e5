package io.sluice.dialect;

/**
 * Ends the handling of a request with a {@link Fault}, which the gateway answers in the words of
 * the dialect. It carries no stack trace: it is a way to answer, not a defect.
 */
public final class FaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  public FaultException(Fault fault) {
    super(fault.getClass().getSimpleName(), null, false, false);
    this.fault = fault;
  }

  /** What to answer. */
  public Fault fault() {
    return fault;
  }
}
