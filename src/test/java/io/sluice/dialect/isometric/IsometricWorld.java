package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * One tenant's registry with a seller, a buyer, a supplier and a project, and short words for it.
 */
final class IsometricWorld {
  static final String TRANSFERS = "/registry/v0/transfers";

  /** Looks like an id and names nothing. */
  static final String NOBODY = "_0000000001S00000";

  private final AtomicInteger suppliers = new AtomicInteger();
  private final TestingGateway gateway;
  private final TenantId tenant;
  private final String secret;
  private final Organisation seller;
  private final Organisation buyer;
  private final String supplier;
  private final String project;

  /** An organisation as the administration answers it. */
  record Organisation(String id, UUID holder, String name, String domain) {}

  IsometricWorld(TestingGateway gateway) {
    this.gateway = gateway;
    this.tenant = gateway.newTenant();
    this.secret = gateway.secret("client-secret", tenant, "test");
    this.seller = newOrganisation("Seller", "seller.example");
    this.buyer = newOrganisation("Buyer", "buyer.example");
    this.supplier = newSupplier(seller);
    this.project = newProject(supplier, "AB12");
  }

  static IsometricWorld create() {
    return new IsometricWorld(TestingGateway.shared());
  }

  TestingGateway gateway() {
    return gateway;
  }

  TenantId tenant() {
    return tenant;
  }

  String secret() {
    return secret;
  }

  Organisation seller() {
    return seller;
  }

  Organisation buyer() {
    return buyer;
  }

  String supplier() {
    return supplier;
  }

  String project() {
    return project;
  }

  /** Posts to the administration; the path starts behind the dialect's name. */
  Reply administer(String path, String body) {
    return administer("POST", path, body);
  }

  Reply administer(String method, String path, String body) {
    return gateway.administer(
        "isometric", method, "/admin/tenants/" + tenant.value() + "/isometric" + path, body);
  }

  Organisation newOrganisation(String name, String domain) {
    Reply reply =
        administer("/organisations", "{\"name\":\"%s\",\"domain\":\"%s\"}".formatted(name, domain));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode json = reply.json();
    return new Organisation(
        json.get("id").textValue(),
        UUID.fromString(json.get("holder_id").textValue()),
        name,
        domain);
  }

  /** A supplier with a code of its own: {@code SUP0}, {@code SUP1} and so on. */
  String newSupplier(Organisation behind) {
    return created(
        "/suppliers",
        "{\"organisation_id\":\"%s\",\"code\":\"SUP%d\"}"
            .formatted(behind.id(), suppliers.getAndIncrement()));
  }

  String newProject(String ofSupplier, String shortCode) {
    return newProject(ofSupplier, shortCode, "Rocks");
  }

  String newProject(String ofSupplier, String shortCode, String name) {
    return created(
        "/projects",
        """
        {"supplier_id":"%s","name":"%s","short_code":"%s","country_code":"GBR",
         "pathway":"enhanced_weathering"}\
        """
            .formatted(ofSupplier, name, shortCode));
  }

  /** An order of the buyer, of the seller as a supplier. */
  String newOrder(long kilograms, String date) {
    return created("/orders", order(UUID.randomUUID().toString(), kilograms, date));
  }

  String order(String reference, long kilograms, String date) {
    return """
    {"reference":"%s","buyer_organisation_id":"%s","supplier_id":"%s",
     "credit_quantity_kg":%d,"effective_contract_date":"%s"}
    """
        .formatted(reference, buyer.id(), supplier, kilograms, date);
  }

  /** The registry's buffer pool, which is there from now on. */
  String bufferPool() {
    Reply reply = administer("PUT", "/buffer_pool", "{\"name\":\"Buffer Pool\"}");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }

  /** Issues to the seller and to the buffer pool; the administration's answer. */
  JsonNode issueBuffered(long kilograms, long bufferKilograms) {
    bufferPool();
    Reply reply =
        administer(
            "/issuances",
            """
            {"reference":"%s","project_id":"%s","credit_batches":[{"credit_quantity_kg":%d,
             "buffer_kg":%d,"sequestered_on":"2024-03-01"}]}
            """
                .formatted(UUID.randomUUID(), project, kilograms, bufferKilograms));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  /** Hands so much of a batch of the buffer pool to the seller. */
  Reply refund(String reference, String batch, long kilograms) {
    return administer(
        "/refunds",
        """
        {"reference":"%s","to_organisation_id":"%s","notes":"no losses",
         "credit_batch_quantities":[{"credit_batch_id":"%s","credit_quantity_kg":%d}]}
        """
            .formatted(reference, seller.id(), batch, kilograms));
  }

  private String created(String path, String body) {
    Reply reply = administer(path, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }

  /** Issues one batch of each size to the seller; their ids. */
  List<String> issue(long... kilograms) {
    return issue(project, kilograms);
  }

  List<String> issue(String ofProject, long... kilograms) {
    String batches =
        Arrays.stream(kilograms)
            .mapToObj(kg -> "{\"credit_quantity_kg\":" + kg + ",\"sequestered_on\":\"2024-03-01\"}")
            .collect(Collectors.joining(","));
    Reply reply =
        administer(
            "/issuances",
            "{\"reference\":\"%s\",\"project_id\":\"%s\",\"credit_batches\":[%s]}"
                .formatted(UUID.randomUUID(), ofProject, batches));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    var ids = new ArrayList<String>();
    reply.json().get("credit_batches").forEach(batch -> ids.add(batch.get("id").textValue()));
    return ids;
  }

  /** Issues a batch to another supplier's organisation, which hands it to the seller. */
  String handed(Organisation maker, String itsSupplier, String itsProject, long kilograms) {
    String batch = issue(itsProject, kilograms).getFirst();
    Request request = request().from(maker.id()).to(seller.id()).supplier(itsSupplier);
    Reply reply = as(maker).post(TRANSFERS, request.of(batch, kilograms).json());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return batch;
  }

  String token(Organisation organisation) {
    Instant expiry = Instant.now().plus(Duration.ofHours(1));
    return gateway.token(tenant, "isometric", organisation.holder(), Set.of(), expiry);
  }

  /** A client that acts for an organisation. */
  TestClient as(Organisation organisation) {
    return gateway
        .client()
        .with("X-Client-Secret", secret)
        .with("Authorization", "Bearer " + token(organisation));
  }

  /** A request of the seller to transfer to the buyer. */
  Request request() {
    return new Request(List.of(), seller.id(), buyer.id(), supplier, "null");
  }

  Reply transfer(Request request) {
    return as(seller).post(TRANSFERS, request.json());
  }

  /** The credit batch as the registry shows it. */
  JsonNode batch(String id) {
    Reply reply = as(buyer).get("/registry/v0/credit_batches/" + id);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  /** What the public record answers, which needs the client secret alone. */
  Reply onRecord(String path) {
    return gateway.client().with("X-Client-Secret", secret).get("/registry/v0" + path);
  }

  /** What is on public record there. */
  JsonNode record(String path) {
    Reply reply = onRecord(path);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  /** What an organisation holds in active credits. */
  long kilograms(Organisation organisation) {
    Reply reply =
        as(organisation).get("/registry/v0/organisations/" + organisation.id() + "/credit_balance");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().at("/total/active_credits_total/credit_kgs").longValue();
  }

  /** A transfer request, to be varied. */
  record Request(List<String> quantities, String from, String to, String supplier, String notes) {
    Request of(String batch, long kilograms) {
      return of(batch, Long.toString(kilograms));
    }

    /** Adds a batch with a quantity that is any JSON. */
    Request of(String batch, String kilograms) {
      var more = new ArrayList<>(quantities);
      more.add(
          "{\"credit_batch_id\":\"%s\",\"credit_quantity_kg\":%s}".formatted(batch, kilograms));
      return new Request(more, from, to, supplier, notes);
    }

    Request from(String organisation) {
      return new Request(quantities, organisation, to, supplier, notes);
    }

    Request to(String organisation) {
      return new Request(quantities, from, organisation, supplier, notes);
    }

    Request supplier(String other) {
      return new Request(quantities, from, to, other, notes);
    }

    Request notes(String json) {
      return new Request(quantities, from, to, supplier, json);
    }

    String json() {
      return """
      {"credit_batch_quantities":[%s],"from_organisation_id":"%s","to_organisation_id":"%s",\
      "supplier_id":"%s","notes":%s}\
      """
          .formatted(String.join(",", quantities), from, to, supplier, notes);
    }
  }

  /** The ids on a page, in their order. */
  static List<String> ids(JsonNode page) {
    var ids = new ArrayList<String>();
    page.get("nodes").forEach(node -> ids.add(node.get("id").textValue()));
    return ids;
  }

  static void assertRefused(Reply reply, int status, String detail) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.json().get("detail").textValue()).isEqualTo(detail);
  }
}
