package io.sluice.dialect;

import io.sluice.access.CredentialIssuer;
import io.sluice.ledger.TenantId;

/**
 * What a dialect needs to set up its part of the demo tenant.
 *
 * @param tenant the demo tenant
 * @param baseUrl where the gateway listens, such as {@code http://127.0.0.1:8080}, without a slash
 *     at the end
 * @param issuer makes the credentials that the printed command carries
 */
public record Demonstration(TenantId tenant, String baseUrl, CredentialIssuer issuer) {}
