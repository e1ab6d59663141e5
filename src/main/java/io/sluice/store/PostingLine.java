package io.sluice.store;

import io.sluice.ledger.Posting;
import java.util.UUID;

/** A posting as it is written: with its transfer. */
record PostingLine(UUID transfer, Posting posting) {}
