package io.sluice.clients;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A seller hands credits over, passes some on and retires the rest. */
final class IsometricStory implements Story {
  private static final String NOBODYS_ID = "_0000000001S00000";
  private static final int TOO_MANY = 51;
  private static final int LONG = 257;

  @Override
  public void tell(Conversation conversation, Management management) {
    new Telling(conversation, Registry.set(management)).all();
  }

  private record Telling(Conversation conversation, Registry registry) {
    void all() {
      parties();
      projects();
      String delivery = deliveries();
      String transfer = transfers();
      String retirement = retirements();
      batches(delivery, retirement);
      withoutNotes();
      refusals();
      new Refusals(conversation).provoke("org" + NOBODYS_ID, List.of(200, 400), TOO_MANY, 422);
    }

    private Ask asSeller(String operation) {
      return Ask.of(operation, registry.seller());
    }

    private Ask asBuyer(String operation) {
      return Ask.of(operation, registry.buyer());
    }

    private JsonNode ok(Ask ask) {
      return conversation.ask(ask, 200);
    }

    private void parties() {
      ok(asSeller("GET /organisation"));
      ok(asBuyer("GET /organisations/{id}").with("id", registry.sellerId()));
      ok(asSeller("GET /supplier"));
      ok(asBuyer("GET /suppliers"));
      ok(asBuyer("GET /suppliers/{id}").with("id", registry.supplier()));
      ok(asSeller("GET /transferees"));
      String beneficiary = "POST /beneficiary";
      ok(
          asBuyer(beneficiary)
              .body(
                  """
                  {"__typename":"CreateOrganizationBeneficiary","beneficiary_name":"Orchard",
                   "beneficiary_domain":"orchard.example"}\
                  """));
      ok(
          asBuyer(beneficiary)
              .body(
                  """
                  {"__typename":"CreateIndividualBeneficiary","beneficiary_name":"Ada",
                   "beneficiary_email":"ada@orchard.example"}\
                  """));
      pages(asBuyer("GET /beneficiaries"));
    }

    private void projects() {
      ok(asBuyer("GET /projects"));
      ok(asBuyer("GET /projects/{id}").with("id", registry.project()));
      pages(asBuyer("GET /projects/{id}/documents").with("id", registry.project()));
      ok(asBuyer("GET /suppliers/{id}/projects").with("id", registry.supplier()));
      ok(asBuyer("GET /suppliers/{id}/issuances").with("id", registry.supplier()));
      ok(asBuyer("GET /issuances"));
      ok(asBuyer("GET /issuances/{id}").with("id", registry.issuance()));
      ok(asBuyer("GET /issuances/{id}/credit_batches").with("id", registry.issuance()));
      ok(asBuyer("GET /refunds/{id}").with("id", registry.refund()));
      ok(asBuyer("GET /refunds/{id}/credit_batches").with("id", registry.refund()));
    }

    /** Two pages forwards and one back, with whatever a client sends besides. */
    private void pages(Ask list) {
      JsonNode first = ok(list.with("first", 1));
      String end = first.path("page_info").path("end_cursor").asString("");
      if (!end.isEmpty()) {
        JsonNode second = ok(list.with("first", 1).with("after", end));
        String start = second.path("page_info").path("start_cursor").asString("");
        if (!start.isEmpty()) {
          ok(list.with("last", 1).with("before", start));
        }
      }
      ok(list);
    }

    private String deliveries() {
      Ask deliver =
          asSeller("POST /deliveries")
              .body(
                  """
                  {"order_id":"%s","notes":"A part.","credit_batch_quantities":[
                    {"credit_batch_id":"%s","credit_quantity_kg":600}]}\
                  """,
                  registry.order(), registry.batches().get(0));
      String delivery = ok(deliver).path("id").asString("none");
      ok(
          deliver.body(
              """
              {"order_id":"%s","notes":"The rest.","credit_batch_quantities":[
                {"credit_batch_id":"%s","credit_quantity_kg":900}]}\
              """,
              registry.order(), registry.batches().get(1)));
      ok(asBuyer("GET /deliveries/{id}").with("id", delivery));
      ok(asBuyer("GET /deliveries/{id}/credit_batches").with("id", delivery));
      pages(asBuyer("GET /deliveries").with("from_supplier_id", registry.supplier()));
      pages(asBuyer("GET /orders/{id}/deliveries").with("id", registry.order()));
      pages(asBuyer("GET /suppliers/{id}/deliveries").with("id", registry.supplier()));
      ok(asBuyer("GET /orders/{id}").with("id", registry.order()));
      ok(asBuyer("GET /organisations/{id}/orders").with("id", registry.buyerId()));
      ok(asSeller("GET /suppliers/{id}/orders").with("id", registry.supplier()));
      return delivery;
    }

    private Ask transfer(String notes, String batch, int kilograms) {
      return asSeller("POST /transfers")
          .body(
              """
              {"from_organisation_id":"%s","to_organisation_id":"%s","supplier_id":"%s","notes":%s,
               "credit_batch_quantities":[{"credit_batch_id":"%s","credit_quantity_kg":%d}]}\
              """,
              registry.sellerId(),
              registry.buyerId(),
              registry.supplier(),
              notes,
              batch,
              kilograms);
    }

    private String transfers() {
      String batch = registry.batches().get(2);
      String transfer = ok(transfer("\"A part.\"", batch, 1500)).path("id").asString("none");
      Ask get = asBuyer("GET /transfers/{id}").with("id", transfer);
      ok(get);
      ok(asBuyer("GET /transfers/{id}/credit_batches").with("id", transfer));
      String rest =
          ok(asSeller("GET /credit_batches/{id}").with("id", batch))
              .path("right_child_id")
              .asString("none");
      ok(transfer("\"A bit.\"", rest, 10));
      pages(asBuyer("GET /transfers").with("to_organisation_id", registry.buyerId()));
      return transfer;
    }

    private String retirements() {
      String batches = "GET /organisations/{id}/credit_batches";
      JsonNode owned = ok(asBuyer(batches).with("id", registry.buyerId()).with("first", 50));
      String batch = owned.path("nodes").path(0).path("id").asString("none");
      Ask retire =
          asBuyer("POST /retirements")
              .body(
                  """
                  {"owner_organisation_id":"%1$s","beneficiary_organisation_id":"%1$s",
                   "supplier_id":"%2$s","retirement_purposes":["corporate_targets","other"],
                   "notes":"For good.","credit_batch_quantities":[
                     {"credit_batch_id":"%3$s","credit_quantity_kg":7}]}\
                  """,
                  registry.buyerId(), registry.supplier(), batch);
      String retirement = ok(retire).path("id").asString("none");
      ok(
          asBuyer("POST /retirements/from_oldest_credits")
              .body(
                  """
                  {"owner_organisation_id":"%1$s","beneficiary_organisation_id":"%1$s",
                   "supplier_id":"%2$s","retirement_purposes":["insetting"],"notes":"The oldest.",
                   "credit_quantity_kg":5,"vintage":2024,"order_id":"%3$s"}\
                  """,
                  registry.buyerId(), registry.supplier(), registry.order()));
      ok(asSeller("GET /retirements/{id}").with("id", retirement));
      ok(asSeller("GET /retirements/{id}/credit_batches").with("id", retirement));
      pages(asSeller("GET /retirements").with("owner_org_id", registry.buyerId()));
      return retirement;
    }

    private void batches(String delivery, String retirement) {
      Ask list = asBuyer("GET /organisations/{id}/credit_batches").with("id", registry.buyerId());
      pages(list.with("sort_direction", "asc").with("sort_field", "issued_at"));
      ok(list.with("delivery_id", delivery).with("order_id", registry.order()));
      ok(list.with("retirement_id", retirement).with("project_id", registry.project()));
      ok(list.with("issuance_id", registry.issuance()).with("supplier_id", registry.supplier()));
      ok(
          list.with("issued_after", "2024-01-01T00:00:00Z")
              .with("issued_before", "2124-01-01T00:00:00Z"));
      ok(list.with("status", Json.of("[\"split\",\"retired\"]")));
      ok(asBuyer("GET /organisations/{id}/credit_balance").with("id", registry.buyerId()));
    }

    /** The key must be there all the same. */
    private void withoutNotes() {
      JsonNode split =
          ok(asSeller("GET /credit_batches/{id}").with("id", registry.batches().get(2)));
      JsonNode rest =
          ok(
              asSeller("GET /credit_batches/{id}")
                  .with("id", split.path("right_child_id").asString("none")));
      ok(transfer("null", rest.path("right_child_id").asString("none"), 1));
    }

    private void refusals() {
      String gone = registry.batches().get(0);
      conversation.ask(transfer("\"Gone.\"", gone, 1), 400);
      conversation.ask(transfer("\"Gone.\"", gone, 1).as(registry.buyer()), 403);
      conversation.askAmiss(transfer("\"" + "x".repeat(LONG) + "\"", gone, 1), 422);
      conversation.askAmiss(transfer("\"None.\"", gone, 0), 422);
      conversation.ask(asBuyer("GET /supplier"), 400);
    }
  }
}
