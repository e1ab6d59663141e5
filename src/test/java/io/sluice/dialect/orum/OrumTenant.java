package io.sluice.dialect.orum;

import io.sluice.ledger.TenantId;
import io.sluice.testing.TestClient;
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
    return method.equals("GET") ? get(path) : post(path, body);
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

  /** Creates a subledger and gives its id. */
  String subledger(String reference) {
    return post(SUBLEDGERS, subledgerBody(reference, "somebody")).text("/subledger/id");
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
