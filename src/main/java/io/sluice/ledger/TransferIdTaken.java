package io.sluice.ledger;

import java.util.Objects;

/**
 * Another transfer is stored under the command's id, because two processes drew the same. Nothing
 * moved; whoever drew the id may draw again.
 *
 * @param transfer the id
 */
public record TransferIdTaken(TransferId transfer) implements Refusal {
  public TransferIdTaken {
    Objects.requireNonNull(transfer);
  }
}
