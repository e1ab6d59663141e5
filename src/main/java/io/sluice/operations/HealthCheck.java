package io.sluice.operations;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * One thing that must be well before the gateway is sent requests.
 *
 * @param name lower-case, as in the answer
 * @param probe a short text when it is well; a failure when it is not
 */
public record HealthCheck(String name, Supplier<Future<String>> probe) {}
