package io.sluice.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What a batch wants written for one tenant, beside the accounts and lots that its books changed.
 */
public final class Changes {
  private final List<StoredTransfer> transfers = new ArrayList<>();
  private final List<StoredLotMovement> lotMovements = new ArrayList<>();
  private final List<Event> events = new ArrayList<>(0);

  public List<StoredTransfer> transfers() {
    return transfers;
  }

  public List<StoredLotMovement> lotMovements() {
    return lotMovements;
  }

  /** What is told of the transfers. */
  public List<Event> events() {
    return events;
  }

  public boolean isEmpty() {
    return transfers.isEmpty();
  }
}
