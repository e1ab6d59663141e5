package io.sluice.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How events are delivered.
 *
 * @param pollMs how long a gateway waits before it looks for due deliveries again
 * @param maxConcurrent attempts at once of this process
 * @param maxConcurrentPerTenant of them for one tenant
 * @param maxConcurrentPerEndpoint of them to one endpoint
 * @param allowedNetworks where endpoints may be besides public addresses, also without TLS
 * @param secretKeyFile empty where Sluice makes and keeps a key
 */
public record EventSettings(
    int pollMs,
    int maxConcurrent,
    int maxConcurrentPerTenant,
    int maxConcurrentPerEndpoint,
    int retentionDays,
    Networks allowedNetworks,
    Optional<Path> secretKeyFile) {
  public static final Section<EventSettings> SECTION = new Section<>(EventSettings::read);

  private static EventSettings read(Keys keys) {
    return new EventSettings(
        keys.about(
                "How long, in milliseconds, a gateway waits before it looks again for events to"
                    + " deliver. It looks at nothing while no tenant has an endpoint.")
            .integer("events.pollMs", 250, 10, 60_000),
        keys.about("How many webhooks this process sends at once, each on a connection of its own.")
            .integer("events.maxConcurrent", 64, 1, 1_024),
        keys.about("How many of them may be one tenant's.")
            .integer("events.maxConcurrentPerTenant", 16, 1, 1_024),
        keys.about("How many of them may go to one endpoint.")
            .integer("events.maxConcurrentPerEndpoint", 8, 1, 1_024),
        keys.about(
                "After how many days events that were delivered or given up are deleted, with their"
                    + " deliveries. So are those that have waited as long for a receiver that is"
                    + " down or an endpoint that is disabled.")
            .integer("events.retentionDays", 30, 1, 3_650),
        keys.about(
                "Networks, with commas between, in which endpoints may be although their addresses"
                    + " are not public, such as 10.1.0.0/16; plain http:// is allowed there. Every"
                    + " tenant can then have requests sent into them.")
            .optional(
                "events.allowedNetworks",
                "addresses or networks with commas between",
                Networks::parse)
            .orElse(Networks.NONE),
        keys.about(
                "A file with 32 bytes in Base64: the key that encrypts the secrets with which"
                    + " webhooks are signed. All gateways of a database need the same. Not set:"
                    + " made at the first start and kept in the data directory, readable by its"
                    + " owner only.")
            .optional("events.secretKeyFile", "a path", Path::of));
  }
}
