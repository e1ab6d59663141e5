package io.sluice.dialect.orum;

import io.sluice.ledger.TenantId;
import io.sluice.testing.TestClient;
import io.sluice.testing.Waiting;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A tenant's client over real HTTP.
 *
 * @param stranger a client without any header
 * @param headers names and values in turn
 */
record OrumTenant(TestClient stranger, TenantId id, List<String> headers) {
  static final String TRANSFERS = "/deliver/booktransfers";
  static final String SUBLEDGERS = "/deliver/subledgers";
  static final String PERSONS = "/deliver/persons";
  static final String BUSINESSES = "/deliver/businesses";
  static final String BALANCE = "/deliver/balance";

  static List<String> headers(String token) {
    return List.of("Authorization", "Bearer " + token, "Orum-Version", "v2022-09-21");
  }

  /** The same client with other headers. */
  OrumTenant with(List<String> others) {
    return new OrumTenant(stranger, id, others);
  }

  OrumReply get(String path) {
    return new OrumReply(client().get(path));
  }

  OrumReply post(String path, String body) {
    return new OrumReply(client().post(path, body));
  }

  OrumReply send(String method, String path, String body) {
    return new OrumReply(
        body.isEmpty() && !method.equals("POST")
            ? client().send(method, path, new byte[0])
            : client().send(method, path, body));
  }

  CompletableFuture<OrumReply> postLater(String path, String body) {
    return client().sendAsync("POST", path, body).thenApply(OrumReply::new);
  }

  TestClient client() {
    TestClient client = stranger;
    for (int i = 0; i < headers.size(); i += 2) {
      client = client.with(headers.get(i), headers.get(i + 1));
    }
    return client;
  }

  /** Creates a subledger of the enterprise's own and gives its id. */
  String subledger(String reference) {
    return subledger(reference, Enterprises.DEFAULT_REFERENCE);
  }

  /** Creates a subledger and gives its id. */
  String subledger(String reference, String owner) {
    return post(SUBLEDGERS, subledgerBody(reference, owner)).text("/subledger/id");
  }

  /** Creates a person, waits for the end of its verification, and gives its id. */
  String person(String reference, String firstName, String lastName) {
    String id = post(PERSONS, personBody(reference, firstName, lastName)).text("/person/id");
    Waiting.until(() -> !statusOf(PERSONS, id).equals("created"));
    return id;
  }

  /** The same of a business. */
  String business(String reference, String legalName) {
    String id = post(BUSINESSES, businessBody(reference, legalName)).text("/business/id");
    Waiting.until(() -> !statusOf(BUSINESSES, id).equals("created"));
    return id;
  }

  /** The status of a person or a business. */
  String statusOf(String path, String id) {
    return get(path + "/" + id).json().iterator().next().get("status").textValue();
  }

  static String personBody(String reference, String firstName, String lastName) {
    return "{\"customer_reference_id\":\"%s\",\"first_name\":\"%s\",\"last_name\":\"%s\"}"
        .formatted(reference, firstName, lastName);
  }

  static String businessBody(String reference, String legalName) {
    return "{\"customer_reference_id\":\"%s\",\"legal_name\":\"%s\"}"
        .formatted(reference, legalName);
  }

  OrumReply transfer(String reference, long cents, String source, String destination) {
    return post(TRANSFERS, transferBody(reference, cents, source, destination));
  }

  /** A fresh reference id. */
  OrumReply transfer(long cents, String source, String destination) {
    return transfer(UUID.randomUUID().toString(), cents, source, destination);
  }

  long available(String subledgerId) {
    return get(BALANCE + "/subledgers/" + subledgerId).number("/balance/available");
  }

  /** What the enterprise has outside its subledgers. */
  long available() {
    return get(BALANCE).number("/balance/available");
  }

  /** A side that is null is left out. */
  static String transferBody(String reference, long cents, String source, String destination) {
    return "{\"book_transfer_reference_id\":\""
        + reference
        + "\",\"amount\":"
        + cents
        + ",\"currency\":\"USD\""
        + side("source", source)
        + side("destination", destination)
        + "}";
  }

  static String subledgerBody(String reference, String customer) {
    return "{\"subledger_reference_id\":\""
        + reference
        + "\",\"customer_reference_id\":\""
        + customer
        + "\"}";
  }

  private static String side(String member, String reference) {
    return reference == null
        ? ""
        : ",\"" + member + "\":{\"subledger_reference_id\":\"" + reference + "\"}";
  }
}
