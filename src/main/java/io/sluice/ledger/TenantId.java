package io.sluice.ledger;

/**
 * One customer of the operator. Everything that is stored belongs to exactly one tenant.
 *
 * @param value 1 or more
 */
public record TenantId(int value) {
  public TenantId {
    if (value < 1) {
      throw new IllegalArgumentException("a tenant id is 1 or more, not " + value);
    }
  }
}
