package io.sluice.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A stored transfer: everything that a dialect needs to render it, the first time and ever after.
 *
 * @param id the transfer's id
 * @param kind the operation, as in {@link TransferCommand#kind()}
 * @param posted true when value moved; false for a recorded refusal, which has no postings
 * @param createdAt when it was decided, to the microsecond
 * @param detail the dialect's own text from the command
 * @param postings one for every debited account, then one for the credit of every leg, in leg order
 */
public record Receipt(
    TransferId id,
    String kind,
    boolean posted,
    Instant createdAt,
    String detail,
    List<Posting> postings) {
  public Receipt {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(createdAt);
    Objects.requireNonNull(detail);
    postings = List.copyOf(postings);
  }
}
