package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Values;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Function;

/**
 * What the registry itself does in the provider's world: registering organisations, suppliers and
 * projects, and issuing credits. Errors come in the dialect's own envelope.
 */
final class IsometricAdministration {
  private static final String PREFIX = "/admin/tenants/:tenant/isometric";

  private final PartyAdministration parties;
  private final IssuanceAdministration issuances;

  IsometricAdministration(PartyAdministration parties, IssuanceAdministration issuances) {
    this.parties = parties;
    this.issuances = issuances;
  }

  List<Endpoint> endpoints() {
    return List.of(
        post("isometricCreateOrganisation", "/organisations", parties::createOrganisation),
        post("isometricCreateSupplier", "/suppliers", parties::createSupplier),
        new Endpoint(
            "isometricSetTransferees",
            HttpMethod.PUT,
            PREFIX + "/organisations/:id/transferees",
            Consumes.JSON,
            parties::setTransferees),
        post("isometricCreateProject", "/projects", issuances::createProject),
        post("isometricCreateIssuance", "/issuances", issuances::createIssuance));
  }

  /** The tenant in the path; whether it exists is for the management port to say. */
  static TenantId tenant(Call call) {
    return Values.parameter(call.pathParameter("tenant"))
        .filter(id -> id > 0)
        .map(TenantId::new)
        .orElseThrow(() -> new ApiException(IsometricErrors.unknownRoute()));
  }

  private static Endpoint post(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return new Endpoint(operation, HttpMethod.POST, PREFIX + path, Consumes.JSON, handler);
  }
}
