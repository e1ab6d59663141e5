package io.sluice.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tokens and credentials: what access remembers, and how often it lets somebody try.
 *
 * @param signingKeyFile empty where Sluice makes and keeps a key
 * @param cacheLifetime after which a revocation by another process bites at the latest
 * @param issuers others whose tokens are accepted
 */
public record AccessSettings(
    Optional<Path> signingKeyFile,
    int tokenCacheSize,
    int credentialCacheSize,
    Duration cacheLifetime,
    int maxLoginFailures,
    Duration loginLock,
    List<IssuerSettings> issuers) {
  public static final Section<AccessSettings> SECTION = new Section<>(AccessSettings::read);

  public AccessSettings {
    issuers = List.copyOf(issuers);
  }

  private static AccessSettings read(Keys keys) {
    return new AccessSettings(
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
        keys.about("How many wrong passwords in a row lock a user.")
            .integer("access.maxLoginFailures", 5, 1, 1_000),
        Duration.ofSeconds(
            keys.about("For how many seconds.").integer("access.loginLockS", 900, 1, 86_400)),
        IssuerReader.read(keys.sources()));
  }
}
