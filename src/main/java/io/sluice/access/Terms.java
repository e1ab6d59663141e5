package io.sluice.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.config.IssuerSettings;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.Backing;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** On what terms an issuer's tokens are believed, once its key has signed them. */
sealed interface Terms {
  /**
   * What {@code aud} must be or contain for a dialect; empty when the issuer's tokens do not open
   * that dialect.
   */
  Optional<String> audience(String dialect);

  /** The tenant that the claims are about; empty when there is none that the issuer speaks for. */
  Optional<TenantId> tenant(JsonNode claims);

  /** What a token may do; empty when the issuer must say more than it does. */
  Optional<Rights> rights(JsonNode claims);

  /** What stands behind a token; empty when it names nothing. */
  Optional<Backing> backing(JsonNode claims, UUID subject);

  /** The longest time between {@code iat} and {@code exp}. */
  Duration maxLifetime();

  /**
   * Our own tokens: they may name any tenant, as the key that signed them is ours, and must name
   * the credential that they were issued for.
   *
   * @param deployment this gateway's name
   */
  record Own(String deployment) implements Terms {
    static final String TENANT = "tenant";
    static final String CREDENTIAL = "credential";
    static final String GENERATION = "generation";

    @Override
    public Optional<String> audience(String dialect) {
      return Optional.of(deployment + ":" + dialect);
    }

    @Override
    public Optional<TenantId> tenant(JsonNode claims) {
      return Optional.of(claims.path(TENANT))
          .filter(claim -> claim.isInt() && claim.intValue() > 0)
          .map(claim -> new TenantId(claim.intValue()));
    }

    /** A dialect whose callers have no scopes issues tokens without. */
    @Override
    public Optional<Rights> rights(JsonNode claims) {
      return Optional.of(ClaimedRights.of(claims, new Rights.Everything()));
    }

    @Override
    public Optional<Backing> backing(JsonNode claims, UUID subject) {
      JsonNode generation = claims.path(GENERATION);
      return Optional.of(claims.path(CREDENTIAL))
          .filter(JsonNode::isTextual)
          .filter(credential -> generation.isInt())
          .flatMap(credential -> Uuids.of(credential.textValue()))
          .map(id -> new Backing.Credential(id, generation.intValue()));
    }

    @Override
    public Duration maxLifetime() {
      return CredentialType.SubjectToken.MAX_LIFETIME;
    }
  }

  /**
   * Another issuer's tokens, which open what the operator has named and nothing else.
   *
   * @param maxLifetime longer than nothing
   */
  record Other(IssuerSettings settings, Duration maxLifetime) implements Terms {
    @Override
    public Optional<String> audience(String dialect) {
      return Optional.of(settings.audience()).filter(a -> settings.dialects().contains(dialect));
    }

    @Override
    public Optional<TenantId> tenant(JsonNode claims) {
      if (settings.tenantClaim().isEmpty()) {
        return settings.tenants().stream().findFirst().map(TenantId::new);
      }
      JsonNode claim = claims.path(settings.tenantClaim().get());
      String text = claim.isIntegralNumber() || claim.isTextual() ? claim.asText() : "";
      return settings.tenants().stream()
          .filter(tenant -> Integer.toString(tenant).equals(text))
          .findFirst()
          .map(TenantId::new);
    }

    /** A token that allows nothing opens nothing, also where a dialect asks for no scopes. */
    @Override
    public Optional<Rights> rights(JsonNode claims) {
      Rights unscoped = settings.unscopedAllowed() ? new Rights.Everything() : Rights.NONE;
      return Optional.of(ClaimedRights.of(claims, unscoped))
          .filter(rights -> !rights.equals(Rights.NONE));
    }

    @Override
    public Optional<Backing> backing(JsonNode claims, UUID subject) {
      return Optional.of(claims.path("sub").asText())
          .filter(CredentialNames::storable)
          .map(name -> new Backing.OtherIssuer(subject, settings.issuer(), name));
    }
  }
}
