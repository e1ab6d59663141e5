package io.sluice.loadtest;

import java.util.List;
import java.util.UUID;

/**
 * A gateway to be loaded through the Scrip API.
 *
 * @param port on 127.0.0.1
 * @param apiKey of the tenant
 * @param program that the asset belongs to
 * @param asset that is moved
 * @param participants with ample balances
 */
record ScripTarget(
    int port, String apiKey, String program, String asset, List<UUID> participants) {}
