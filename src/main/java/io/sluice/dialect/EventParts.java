package io.sluice.dialect;

import io.sluice.access.SecretBox;
import io.sluice.store.events.DeliveryStore;
import io.sluice.store.events.EndpointStore;

/**
 * What a dialect needs to let its clients ask for events.
 *
 * @param receivers where events may go
 * @param secrets keeps what events are signed with
 */
public record EventParts(
    EndpointStore endpoints, DeliveryStore deliveries, Receivers receivers, SecretBox secrets) {}
