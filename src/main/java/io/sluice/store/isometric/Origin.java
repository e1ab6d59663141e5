package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What a batch and all pieces it is ever split into share.
 *
 * @param id that of the batch as issued
 * @param serialPrefix the serial number up to the range, without the last dash
 * @param serialFrom the number of the first unit as issued
 * @param kilograms the size as issued
 * @param buffer whether it was issued to the buffer pool
 * @param carbonRemovalKilograms gross, net, emissions, counterfactuals and losses, or nothing
 */
public record Origin(
    UUID id,
    UUID issuance,
    UUID project,
    HolderId supplier,
    UUID removal,
    Instant issuedAt,
    LocalDate sequesteredOn,
    String country,
    String serialPrefix,
    long serialFrom,
    long kilograms,
    boolean ccpApproved,
    boolean buffer,
    List<Long> carbonRemovalKilograms) {}
