package io.sluice.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.config.IssuerSettings;
import io.sluice.ledger.Digest;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Who may vouch for a bearer, with the keys to check it and the reading of its claims. The keys of
 * one issuer are asked about its own tokens only.
 */
final class TrustedIssuer {
  /** The last second of the year 9999. What is later, nobody means and no database can hold. */
  private static final long MAX_EPOCH_SECONDS = 253_402_300_799L;

  private final String name;
  private final KeySource keys;
  private final Function<String, Optional<String>> audience;
  private final Function<JsonNode, Optional<TenantId>> tenant;

  /**
   * @param audience what {@code aud} must be or contain for a dialect; empty when the issuer's
   *     tokens do not open that dialect
   * @param tenant the tenant that the claims are about; empty when there is none that the issuer
   *     may speak for
   */
  TrustedIssuer(
      String name,
      KeySource keys,
      Function<String, Optional<String>> audience,
      Function<JsonNode, Optional<TenantId>> tenant) {
    this.name = name;
    this.keys = keys;
    this.audience = audience;
    this.tenant = tenant;
  }

  static TrustedIssuer of(IssuerSettings external, KeySource keys) {
    return new TrustedIssuer(
        external.issuer(),
        keys,
        dialect ->
            Optional.of(external.audience()).filter(a -> external.dialects().contains(dialect)),
        claims -> tenant(external, claims));
  }

  Future<Boolean> signed(TokenParts token) {
    return keys.find(token.kid())
        .compose(
            key -> key.map(k -> k.signed(token)).orElse(Future.succeededFuture(Boolean.FALSE)));
  }

  /** What a token of this issuer says, when it is for this dialect and says it all. */
  Optional<SoundToken> read(JsonNode claims, String dialect, Instant now) {
    Optional<Instant> expiresAt = time(claims, "exp");
    Optional<Instant> issuedAt = time(claims, "iat");
    Optional<String> subject = text(claims, "sub");
    Optional<TenantId> whose = tenant.apply(claims);
    boolean holds =
        audience.apply(dialect).filter(audiences(claims)::contains).isPresent()
            && expiresAt.filter(now::isBefore).isPresent()
            && issuedAt.isPresent()
            && subject.isPresent()
            && whose.isPresent()
            && (!claims.has("nbf") || time(claims, "nbf").filter(n -> !n.isAfter(now)).isPresent());
    if (!holds) {
      return Optional.empty();
    }
    return Optional.of(
        new SoundToken(
            new TokenClaims(
                whose.get(), dialect, id(subject.get()), scopes(claims), expiresAt.get()),
            id(text(claims, "jti").orElse("")),
            issuedAt.get()));
  }

  private static Optional<TenantId> tenant(IssuerSettings external, JsonNode claims) {
    if (external.tenantClaim().isEmpty()) {
      return external.tenants().stream().findFirst().map(TenantId::new);
    }
    JsonNode claim = claims.path(external.tenantClaim().get());
    String text = claim.isIntegralNumber() || claim.isTextual() ? claim.asText() : "";
    return external.tenants().stream()
        .filter(tenant -> Integer.toString(tenant).equals(text))
        .findFirst()
        .map(TenantId::new);
  }

  /** Ids that are UUIDs stay what they are; others are turned into one, always the same. */
  private UUID id(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Not a UUID: derived below.
    }
    return Digest.start().add(name).add(text).toUuid();
  }

  private static Set<String> audiences(JsonNode claims) {
    Set<String> audiences = new HashSet<>();
    text(claims, "aud").ifPresent(audiences::add);
    claims.path("aud").forEach(audience -> audiences.add(audience.asText()));
    return audiences;
  }

  private static Set<String> scopes(JsonNode claims) {
    Set<String> scopes = new HashSet<>();
    for (String scope : text(claims, "scope").orElse("").split(" ")) {
      scopes.add(scope);
    }
    claims.path("scp").forEach(scope -> scopes.add(scope.asText()));
    scopes.remove("");
    return Set.copyOf(scopes);
  }

  private static Optional<String> text(JsonNode claims, String claim) {
    return Optional.ofNullable(claims.path(claim).textValue());
  }

  private static Optional<Instant> time(JsonNode claims, String of) {
    JsonNode claim = claims.path(of);
    boolean sensible =
        claim.isIntegralNumber()
            && claim.canConvertToLong()
            && claim.longValue() >= 0
            && claim.longValue() <= MAX_EPOCH_SECONDS;
    return sensible ? Optional.of(Instant.ofEpochSecond(claim.longValue())) : Optional.empty();
  }
}
