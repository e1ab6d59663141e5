package io.sluice.ledger;

/**
 * The short name of a credential in the record of what moved.
 *
 * @param value 1 or more; 0 of {@link #NONE}
 */
public record CredentialNumber(int value) {
  /** Where no credential asks but the operator: in the administration, and for the demo. */
  public static final CredentialNumber NONE = new CredentialNumber(0);

  public CredentialNumber {
    if (value < 0) {
      throw new IllegalArgumentException("a credential's number is positive, not " + value);
    }
  }
}
