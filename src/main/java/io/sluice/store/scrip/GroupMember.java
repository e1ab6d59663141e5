package io.sluice.store.scrip;

import io.sluice.ledger.HolderId;
import java.time.Instant;
import java.util.Optional;

/**
 * A participant's membership in a group.
 *
 * @param externalId the participant's
 * @param admin whether the member may run the group
 * @param leftAt when the membership ended; empty while it lasts
 */
public record GroupMember(
    HolderId participant,
    String externalId,
    boolean admin,
    Instant joinedAt,
    Optional<Instant> leftAt) {}
