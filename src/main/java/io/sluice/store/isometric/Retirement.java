package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import java.time.Instant;
import java.util.UUID;

/**
 * What became of a retired batch.
 *
 * @param id what it was retired by, together with others perhaps
 * @param beneficiary for whom it was used up
 * @param beneficiaryDetail what the dialect keeps with the beneficiary
 */
public record Retirement(UUID id, Instant at, HolderId beneficiary, String beneficiaryDetail) {}
