package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.DemoTenant;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.UUID;

/**
 * A tenant that all four dialects were set up for, and a transfer of each. Names of users are there
 * once, so a gateway has one such tenant.
 */
record FourApis(
    TenantId tenant, TestClient isometric, TestClient orum, TestClient scrip, TestClient corebanq) {
  static FourApis of(TestingGateway gateway) {
    TenantId tenant = gateway.newTenant();
    return new FourApis(
        tenant,
        DemoTenant.of(gateway, "isometric", tenant).client(),
        DemoTenant.of(gateway, "orum", tenant).client(),
        DemoTenant.of(gateway, "scrip", tenant).client(),
        DemoTenant.of(gateway, "corebanq", tenant).client());
  }

  /** The id of a new retirement with this key. */
  String retire(String key) {
    JsonNode own = ok(isometric.get("/registry/v0/organisation"));
    String organisation = own.path("id").textValue();
    String supplier = ok(isometric.get("/registry/v0/supplier")).path("id").textValue();
    return ok(isometric
            .with("idempotency-key", key)
            .post(
                "/registry/v0/retirements/from_oldest_credits",
                """
                {"owner_organisation_id":"%s","beneficiary_organisation_id":"%s","supplier_id":"%s",
                 "retirement_purposes":["insetting"],"notes":null,"credit_quantity_kg":1000}\
                """
                    .formatted(organisation, organisation, supplier)))
        .path("id")
        .textValue();
  }

  /** The id of a new transfer of a kilogram to another organisation. */
  String transferCredits() {
    JsonNode own = ok(isometric.get("/registry/v0/organisation")).path("id");
    JsonNode other = ok(isometric.get("/registry/v0/transferees")).at("/nodes/0/id");
    JsonNode supplier = ok(isometric.get("/registry/v0/supplier")).path("id");
    String batches = "/registry/v0/organisations/" + own.textValue() + "/credit_batches?first=1";
    JsonNode batch = ok(isometric.get(batches)).at("/nodes/0/id");
    return ok(isometric.post(
            "/registry/v0/transfers",
            """
            {"from_organisation_id":%s,"to_organisation_id":%s,"supplier_id":%s,"notes":"found",
             "credit_batch_quantities":[{"credit_batch_id":%s,"credit_quantity_kg":1}]}\
            """
                .formatted(own, other, supplier, batch)))
        .path("id")
        .textValue();
  }

  /** The id of a new book transfer with this reference id. */
  String transferBooks(String reference) {
    return ok(orum.post(
            "/deliver/booktransfers",
            """
            {"book_transfer_reference_id":"%s","amount":1250,"currency":"USD",
             "source":{"subledger_reference_id":"demo-operations"},
             "destination":{"subledger_reference_id":"demo-payouts"}}\
            """
                .formatted(reference)))
        .at("/book_transfer/id")
        .textValue();
  }

  /** The id of a new redemption with this key. */
  String redeem(String key) {
    JsonNode assets = ok(scrip.get("/v1/assets?search=points")).path("data");
    JsonNode anna = ok(scrip.get("/v1/participants?external_id=demo-anna")).at("/data/0/id");
    JsonNode program = ok(scrip.get("/v1/programs")).at("/data/0/id");
    return ok(scrip.post(
            "/v1/participants/" + anna.textValue() + "/redemptions",
            """
            {"program_id":%s,"asset_id":%s,"amount":"20.00","description":"A jumper",
             "idempotency_key":"%s"}\
            """
                .formatted(program, assets.get(0).path("id"), key)))
        .path("id")
        .textValue();
  }

  /** The id of a new transfer between ledgers. */
  String transferBetweenLedgers() {
    return transferBetweenLedgers(UUID.randomUUID()).path("transfer_id").textValue();
  }

  /** What a new transfer between ledgers with this transaction id is answered. */
  JsonNode transferBetweenLedgers(UUID transaction) {
    JsonNode ledgers = ledgers();
    return ok(
        corebanq.post(
            "/v1/ledgers/" + ledgers.at("/0/ledger/id").textValue() + "/transfer",
            """
            {"destination_ledger_id":%s,"amount":1250,"transaction_id":"%s"}\
            """
                .formatted(ledgers.at("/1/ledger/id"), transaction)));
  }

  JsonNode ledgers() {
    return ok(corebanq.get("/v1/ledgers?sort=code&order=asc")).path("ledgers");
  }

  static JsonNode ok(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 299);
    return reply.json();
  }
}
