package io.sluice.operations;

import io.sluice.access.CredentialType;
import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What administrators may ask for, whichever way they show who they are; what dialects offer them
 * is not among it.
 *
 * @param onAll on no tenant in particular
 * @param onTenants on one tenant
 */
record Administration(Operations<AdminGuard.Caller> onAll, Operations<TenantId> onTenants) {
  static Administration of(AdministrationParts parts) {
    var tenants = new TenantAdministration(parts);
    List<CredentialType> types = parts.credentialTypes();
    var audit = new AuditAdministration(parts.audit());
    var find =
        new FindAdministration(
            parts.tenants(),
            parts.finder(),
            types.stream().map(type -> type.name().text()).collect(Collectors.toSet()));
    var people = new AdministratorAdministration(parts.administrators());
    var reversals =
        new ReversalAdministration(parts.inspection(), parts.dialects(), parts.pipeline());
    var verify = new VerifyAdministration(parts.verification());
    return new Administration(
        tenants
            .onAll()
            .and(audit.onAll())
            .and(find.onAll())
            .and(people.onAll())
            .and(verify.onAll())
            .map(AdminQuery::only),
        new LookUpAdministration(parts.inspection(), parts.events())
            .onTenants()
            .and(reversals.onTenants())
            .and(tenants.onTenants())
            .and(new CredentialAdministration(parts.issuer(), types).onTenants())
            .and(audit.onTenants())
            .and(new SealAdministration(parts.seals()).onTenants())
            .and(new JournalAdministration(parts.journal()).onTenants())
            .map(AdminQuery::only));
  }

  /** The same below another path. */
  Administration below(String prefix) {
    return new Administration(
        onAll.map(operation -> operation.below(prefix)),
        onTenants.map(operation -> operation.below(prefix)));
  }
}
