package io.sluice.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.access.PasswordCost;
import io.sluice.access.SecretBox;
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
 * @param secrets keeps what webhooks are signed with
 * @param clock the machine's, until it is made steady
 */
public record Foundation(
    Vertx vertx,
    Database database,
    SigningKeys keys,
    SecretBox secrets,
    PasswordCost passwordCost,
    MeterRegistry registry,
    Clock clock) {
  /** The same with one time for everybody, which does not go back with the machine's clock. */
  Foundation withSteadyClock() {
    var steady = new SteadyClock(clock, System::nanoTime, registry);
    return new Foundation(vertx, database, keys, secrets, passwordCost, registry, steady);
  }
}
