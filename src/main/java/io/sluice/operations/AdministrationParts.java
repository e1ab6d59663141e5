package io.sluice.operations;

import io.sluice.access.Administrators;
import io.sluice.access.AuditTrail;
import io.sluice.access.CredentialType;
import io.sluice.access.JwtTokens;
import io.sluice.access.PgCredentialIssuer;
import io.sluice.dialect.Dialect;
import io.sluice.pipeline.TransferPipeline;
import io.sluice.store.Finder;
import io.sluice.store.Inspection;
import io.sluice.store.TenantStore;
import io.sluice.store.access.TenantRules;
import io.sluice.store.events.EventTrail;
import io.sluice.store.seal.Journal;
import io.sluice.store.seal.SealProofs;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is administered through the management port.
 *
 * @param ratesChanged makes this process take over the rates in the database
 * @param dialects whose own administration is served too
 */
public record AdministrationParts(
    TenantStore tenants,
    TenantRules rules,
    JwtTokens tokens,
    PgCredentialIssuer issuer,
    Supplier<Future<Void>> ratesChanged,
    List<Dialect> dialects,
    Clock clock,
    AuditTrail audit,
    SealProofs seals,
    Journal journal,
    Finder finder,
    Inspection inspection,
    EventTrail events,
    Administrators administrators,
    TransferPipeline pipeline,
    Verification verification) {
  public AdministrationParts {
    dialects = List.copyOf(dialects);
  }

  /** What there are credentials of. */
  List<CredentialType> credentialTypes() {
    return dialects.stream().flatMap(dialect -> dialect.credentials().stream()).toList();
  }
}
