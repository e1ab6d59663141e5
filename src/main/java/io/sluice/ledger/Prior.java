package io.sluice.ledger;

import java.util.Optional;
import java.util.UUID;

/**
 * An earlier transfer that used an idempotency key.
 *
 * @param fingerprint of its request
 * @param receipt present when the same batch made it, so that it cannot be read from the database
 *     yet
 */
public record Prior(TransferId transfer, UUID fingerprint, Optional<Receipt> receipt) {}
