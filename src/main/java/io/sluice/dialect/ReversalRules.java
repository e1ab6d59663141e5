package io.sluice.dialect;

import io.sluice.ledger.Amount;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import java.util.List;

/**
 * What a dialect says of an operator's wish to reverse one of its transfers: never of some kinds,
 * and of the others how the new entry is told, whose legs are those of the old one the other way
 * round.
 */
@FunctionalInterface
public interface ReversalRules {
  /** Those of a dialect that reverses nothing. */
  ReversalRules NONE = wish -> new Never("Its transfers are not reversed.");

  Verdict of(Wish wish);

  /**
   * What an operator wants.
   *
   * @param original posted, and of the dialect's own kinds
   * @param reason for people to read
   */
  record Wish(TenantId tenant, Receipt original, String reason) {}

  /** Whether it may be, and how. */
  sealed interface Verdict {}

  /**
   * It may not.
   *
   * @param why a sentence for the operator, which also says what can be done instead
   */
  record Never(String why) implements Verdict {}

  /**
   * It may.
   *
   * @param id of the new entry
   * @param kind of the new entry
   * @param detail what the dialect needs to render it
   * @param balanceLimit as of the dialect's other transfers
   * @param events what is told of it
   * @param active what takes part in nothing once it is not active, such as an asset
   */
  record As(
      TransferId id,
      String kind,
      String detail,
      Amount balanceLimit,
      EventSource events,
      List<HolderId> active)
      implements Verdict {
    public As {
      active = List.copyOf(active);
    }

    /** Where only those matter who pay and receive. */
    public As(TransferId id, String kind, String detail, Amount balanceLimit, EventSource events) {
      this(id, kind, detail, balanceLimit, events, List.of());
    }
  }
}
