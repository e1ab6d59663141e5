package io.sluice.store;

import io.sluice.ledger.Posting;
import io.sluice.ledger.TransferId;
import java.time.Instant;

/** A posting together with what its transfer says. */
public record AccountEntry(
    Posting posting, TransferId transfer, String kind, Instant createdAt, String detail) {}
