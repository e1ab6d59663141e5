package io.sluice.ledger;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a dialect asks the pipeline to do: one transfer, all legs or none.
 *
 * @param tenant whose books
 * @param id the transfer's id, fixed before anything is tried, so that an unknown fate can be
 *     looked up
 * @param kind what the dialect calls the operation, such as {@code scrip.transfer}; at most 32
 *     characters
 * @param key the idempotency key, where the client gave one
 * @param checks conditions, in the order in which the dialect wants them looked at
 * @param legs at least one, unless a check is bound to fail
 * @param balanceLimit the largest size, of either sign, that any touched balance may reach; system
 *     accounts excepted
 * @param recordsRefusal whether a refusal for want of funds is stored as a failed transfer
 * @param detail what the dialect needs to render the transfer again; opaque text, never null
 */
public record TransferCommand(
    TenantId tenant,
    TransferId id,
    String kind,
    Optional<IdempotencyKey> key,
    List<Check> checks,
    List<Leg> legs,
    Amount balanceLimit,
    boolean recordsRefusal,
    String detail) {
  public TransferCommand {
    Objects.requireNonNull(tenant);
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(key);
    Objects.requireNonNull(balanceLimit);
    Objects.requireNonNull(detail);
    checks = List.copyOf(checks);
    legs = List.copyOf(legs);
    if (legs.isEmpty() && checks.stream().noneMatch(Check.Fails.class::isInstance)) {
      throw new IllegalArgumentException("a command without legs must be bound to fail");
    }
  }
}
