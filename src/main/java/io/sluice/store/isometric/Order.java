package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What a buyer has ordered of a supplier, and how much of it is still open.
 *
 * @param id also the holder of the account that keeps what is open
 * @param kilograms what was ordered, more than zero
 * @param open what is yet to be delivered, 0 to {@code kilograms}
 * @param changedAt when that changed last
 */
public record Order(
    HolderId id,
    String reference,
    HolderId buyer,
    HolderId supplier,
    long kilograms,
    LocalDate effectiveOn,
    long open,
    Instant changedAt) {}
