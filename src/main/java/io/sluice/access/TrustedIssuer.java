package io.sluice.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.Digest;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.Backing;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who may vouch for a bearer, with the keys to check it and the terms on which it is believed. The
 * keys of one issuer are asked about its own tokens only.
 */
final class TrustedIssuer {
  /**
   * How far {@code iat} may lie ahead, as no two clocks agree. What a tenant refuses from a moment
   * on, it refuses for that much longer: a token from before the moment may say so much later.
   */
  static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(1);

  private final String name;
  private final KeySource keys;
  private final Terms terms;

  TrustedIssuer(String name, KeySource keys, Terms terms) {
    this.name = name;
    this.keys = keys;
    this.terms = terms;
  }

  /**
   * Whether the issuer signed it; fails with {@link KeysUnavailableException} or {@link
   * AccessBusy}.
   */
  Future<Boolean> signed(TokenParts token, CostlyChecks checks, ClientAddress address) {
    return keys.find(token.kid())
        .compose(
            key ->
                key.map(k -> k.signed(token, checks, address))
                    .orElse(Future.succeededFuture(Boolean.FALSE)));
  }

  /** What a token of this issuer says, when it is for this dialect and says it all. */
  Optional<SoundToken> read(JsonNode claims, String dialect, Instant now) {
    if (!isFor(claims, dialect)) {
      return Optional.empty();
    }
    Optional<UUID> subject = text(claims, "sub").filter(sub -> !sub.isEmpty()).map(this::id);
    Optional<Backing> backing = subject.flatMap(s -> terms.backing(claims, s));
    Optional<TenantId> tenant = terms.tenant(claims);
    Optional<Rights> rights = terms.rights(claims);
    Optional<Instant> expiresAt = time(claims, "exp");
    Optional<Instant> issuedAt = time(claims, "iat");
    if (backing.isEmpty()
        || tenant.isEmpty()
        || rights.isEmpty()
        || expiresAt.isEmpty()
        || issuedAt.isEmpty()
        || !isInTime(claims, issuedAt.get(), expiresAt.get(), now)) {
      return Optional.empty();
    }
    var said = new TokenClaims(tenant.get(), dialect, subject.get(), rights.get(), expiresAt.get());
    return Optional.of(new SoundToken(said, backing.get(), issuedAt.get()));
  }

  /** What a token says, or said in the last moment before it expired. */
  Optional<SoundToken> readAsOfOld(JsonNode claims, String dialect, Instant now) {
    Optional<Instant> last = time(claims, "exp").map(end -> end.minusNanos(1));
    return read(claims, dialect, last.filter(now::isAfter).orElse(now));
  }

  private boolean isFor(JsonNode claims, String dialect) {
    return terms.audience(dialect).filter(audiences(claims)::contains).isPresent();
  }

  private boolean isInTime(JsonNode claims, Instant issuedAt, Instant expiresAt, Instant now) {
    return now.isBefore(expiresAt)
        && !issuedAt.isAfter(now.plus(MAX_CLOCK_SKEW))
        && Duration.between(issuedAt, expiresAt).compareTo(terms.maxLifetime()) <= 0
        && (!claims.has("nbf") || time(claims, "nbf").filter(n -> !n.isAfter(now)).isPresent());
  }

  /** Ids that are UUIDs stay what they are; others are turned into one, always the same. */
  private UUID id(String text) {
    return Uuids.of(text).orElseGet(() -> Digest.start().add(name).add(text).toUuid());
  }

  /** A text, or an array of nothing but texts (RFC 7519, section 4.1.3). */
  private static Set<String> audiences(JsonNode claims) {
    JsonNode claim = claims.path("aud");
    if (claim.isTextual()) {
      return Set.of(claim.textValue());
    }
    Set<String> audiences = new HashSet<>();
    if (claim.isArray()) {
      for (JsonNode audience : claim) {
        if (!audience.isTextual()) {
          return Set.of();
        }
        audiences.add(audience.textValue());
      }
    }
    return audiences;
  }

  private static Optional<String> text(JsonNode claims, String claim) {
    return Optional.ofNullable(claims.path(claim).textValue());
  }

  private static Optional<Instant> time(JsonNode claims, String claim) {
    return NumericDate.of(claims.path(claim));
  }
}
