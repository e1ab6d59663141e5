package io.sluice.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.access.PasswordCost;
import io.sluice.access.SigningKeys;
import io.sluice.store.Database;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * What an {@link Assembly} stands on besides its configuration.
 *
 * @param vertx carries everything; whoever made it closes it
 * @param database is migrated
 * @param keys sign the gateway's own tokens
 */
public record Foundation(
    Vertx vertx,
    Database database,
    SigningKeys keys,
    PasswordCost passwordCost,
    MeterRegistry registry,
    Clock clock) {}
