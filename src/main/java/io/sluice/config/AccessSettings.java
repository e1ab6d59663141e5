package io.sluice.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tokens and credentials: what access remembers, and how often it lets somebody try.
 *
 * @param deployment what tokens call this gateway and all that share its database
 * @param signingKeyFile empty where Sluice makes and keeps a key
 * @param cacheLifetime after which a revocation by another process bites at the latest
 * @param maxIssuerTokenLifetime of a token of theirs
 * @param issuers others whose tokens are accepted
 */
public record AccessSettings(
    String deployment,
    Optional<Path> signingKeyFile,
    int tokenCacheSize,
    int credentialCacheSize,
    Duration cacheLifetime,
    int maxLoginFailures,
    Duration loginLock,
    int maxAuditedFailuresPerMinute,
    Duration maxIssuerTokenLifetime,
    List<IssuerSettings> issuers) {
  public static final Section<AccessSettings> SECTION = new Section<>(AccessSettings::read);

  public AccessSettings {
    issuers = List.copyOf(issuers);
  }

  private static AccessSettings read(Keys keys) {
    return new AccessSettings(
        keys.about(
                "The name of this deployment: what its tokens call their issuer, and their audience"
                    + " together with the API. Give each deployment its own, so that no token of"
                    + " one opens another.")
            .matching(
                "access.deployment",
                "sluice",
                "[A-Za-z0-9][A-Za-z0-9.-]{0,62}",
                "a name of 1 to 63 letters, digits, dots and hyphens"),
        keys.about(
                "The private key, as PEM, that signs the tokens Sluice issues. Not set: made at the"
                    + " first start and kept in the data directory, readable by its owner only.")
            .optional("access.signingKeyFile", "a path", Path::of),
        keys.about("How many verified tokens are remembered.")
            .integer("access.tokenCacheSize", 10_000, 1, Bounds.MILLION),
        keys.about("How many verified secrets are remembered, of each type of credential.")
            .integer("access.credentialCacheSize", 10_000, 1, Bounds.MILLION),
        Duration.ofSeconds(
            keys.about(
                    "For how many seconds they are. What another process withdraws works that much"
                        + " longer.")
                .integer("access.cacheLifetimeS", 30, 1, 3_600)),
        keys.about("How many wrong passwords in a row from one address lock a user there.")
            .integer("access.maxLoginFailures", 5, 1, 1_000),
        Duration.ofSeconds(
            keys.about("For how many seconds.").integer("access.loginLockS", 900, 1, 86_400)),
        keys.about(
                "How many failed logins a minute get a row of their own in the audit, of one"
                    + " address at most a quarter. Further ones are counted, so that nobody fills"
                    + " the disk with them.")
            .integer("access.maxAuditedFailuresPerMinute", 60, 4, 10_000),
        Duration.ofSeconds(
            keys.about(
                    "How long a token of another issuer may live, from its iat to its exp, in"
                        + " seconds. Longer ones are refused.")
                .integer("access.maxIssuerTokenLifetimeS", 86_400, 60, 31_622_400)),
        IssuerReader.read(keys.sources()));
  }
}
