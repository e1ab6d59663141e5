package io.sluice.clients;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What the registry's staff enters before the story begins. */
record Registry(
    Caller seller,
    Caller buyer,
    String sellerId,
    String buyerId,
    String supplier,
    String project,
    String issuance,
    String order,
    String refund,
    List<String> batches) {
  static Registry set(Management staff) {
    String secret = credential(staff, "client-secrets", "{\"label\":\"clients\"}", "client_secret");
    String seller = organisation(staff, "Seller");
    String buyer = organisation(staff, "Buyer");
    String supplier = supplier(staff, seller);
    String project = project(staff, supplier);
    JsonNode issuance = issuance(staff, project);
    return new Registry(
        new Caller(token(staff, seller), secret),
        new Caller(token(staff, buyer), secret),
        seller,
        buyer,
        supplier,
        project,
        id(issuance),
        order(staff, buyer, supplier),
        refund(staff, seller, id(issuance.at("/buffer_pool_credit_batches/0"))),
        issuance.get("credit_batches").valueStream().map(Registry::id).toList());
  }

  private static String organisation(Management staff, String name) {
    String body = "{\"name\":\"%s\",\"domain\":\"%s.example\"}";
    String domain = name.toLowerCase(Locale.ROOT);
    return id(staff.post("/isometric/organisations", body, name, domain));
  }

  private static String supplier(Management staff, String organisation) {
    return id(
        staff.post(
            "/isometric/suppliers",
            """
            {"organisation_id":"%s","code":"SELL","short_description":"Rocks",
             "location":{"country_code":"GBR","country_name":"United Kingdom",
                         "latitude":51.5,"longitude":-0.125}}\
            """,
            organisation));
  }

  private static String project(Management staff, String supplier) {
    String project =
        id(
            staff.post(
                "/isometric/projects",
                """
                {"supplier_id":"%s","name":"Rocks","short_code":"AB12","country_code":"GBR",
                 "pathway":"enhanced_weathering"}\
                """,
                supplier));
    staff.post(
        "/isometric/projects/" + project + "/documents",
        "{\"display_name\":\"Design\",\"url\":\"https://rocks.example/design.pdf\"}");
    return project;
  }

  private static JsonNode issuance(Management staff, String project) {
    staff.put("/isometric/buffer_pool", "{\"name\":\"Buffer pool\"}");
    return staff.post(
        "/isometric/issuances",
        """
        {"reference":"first","project_id":"%s","credit_batches":[
          {"credit_quantity_kg":1000,"sequestered_on":"2024-03-01","buffer_kg":50},
          {"credit_quantity_kg":2500,"sequestered_on":"2024-03-02","ccp_approved":true,
           "carbon_removal_data":{"gross_carbon_removed_kg":3000,"net_carbon_removed_kg":2500,
             "emissions_kg":300,"counterfactuals_kg":100,"losses_kg":100}},
          {"credit_quantity_kg":4000,"sequestered_on":"2025-03-03"}]}\
        """,
        project);
  }

  private static String order(Management staff, String buyer, String supplier) {
    return id(
        staff.post(
            "/isometric/orders",
            """
            {"reference":"first","buyer_organisation_id":"%s","supplier_id":"%s",
             "credit_quantity_kg":1500,"effective_contract_date":"2025-01-31"}\
            """,
            buyer,
            supplier));
  }

  private static String refund(Management staff, String receiver, String batch) {
    return id(
        staff.post(
            "/isometric/refunds",
            """
            {"reference":"first","to_organisation_id":"%s","notes":"Not needed.",
             "credit_batch_quantities":[{"credit_batch_id":"%s","credit_quantity_kg":20}]}\
            """,
            receiver,
            batch));
  }

  private static String token(Management staff, String organisation) {
    String body = "{\"label\":\"%1$s\",\"organisation_id\":\"%1$s\"}".formatted(organisation);
    return credential(staff, "organisation-tokens", body, "token");
  }

  private static String credential(Management staff, String kind, String body, String member) {
    return staff.post("/credentials/" + kind, "%s", body).get(member).asString();
  }

  private static String id(JsonNode made) {
    return made.get("id").asString();
  }
}
