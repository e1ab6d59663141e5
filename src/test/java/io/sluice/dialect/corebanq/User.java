package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Ask;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.UUID;

/** Short words for what a user of the ledger API does. */
record User(UUID id, TestClient client) {
  static final UUID EUR = UUID.fromString("00000000-0000-4000-8000-000000000978");
  static final UUID USD = UUID.fromString("00000000-0000-4000-8000-000000000840");

  static String ledgerBody(String code, String more) {
    return ledgerBody(code, "EUR", EUR, more);
  }

  /**
   * @param more further members, each with a comma before it
   */
  static String ledgerBody(String code, String currency, UUID currencyId, String more) {
    return """
    {"code":"%s","description":"A ledger","type":"liability","currency_id":"%s",\
    "currency_code":"%s"%s}\
    """
        .formatted(code, currencyId, currency, more);
  }

  /** A new ledger in EUR with a balance. */
  UUID ledger(long balance) {
    return ledger(balance, "");
  }

  UUID ledger(long balance, String more) {
    return created(
        ledgerBody("code " + UUID.randomUUID(), ",\"balance_current\":" + balance + more));
  }

  UUID ledgerIn(String currency, UUID currencyId, long balance) {
    return created(
        ledgerBody(
            "code " + UUID.randomUUID(), currency, currencyId, ",\"balance_current\":" + balance));
  }

  private UUID created(String body) {
    Reply reply = client.post("/v1/ledgers", body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return UUID.fromString(reply.json().at("/ledger/id").textValue());
  }

  static String transferPath(Object source) {
    return "/v1/ledgers/" + source + "/transfer";
  }

  static String transferBody(Object destination, Object amount, Object transaction, String more) {
    return "{\"destination_ledger_id\":\"%s\",\"amount\":%s,\"transaction_id\":\"%s\"%s}"
        .formatted(destination, amount, transaction, more);
  }

  Reply transfer(Object source, Object destination, Object amount) {
    return transfer(source, destination, amount, UUID.randomUUID(), "");
  }

  Reply transfer(
      Object source, Object destination, Object amount, Object transaction, String more) {
    return client.post(transferPath(source), transferBody(destination, amount, transaction, more));
  }

  /** A request of lines. */
  static Ask lines(String lines) {
    return Ask.post("/v1/ledgers/transfers/bulk", lines)
        .withHeader("Content-Type", "application/x-ndjson");
  }

  /**
   * The head of a request of lines.
   *
   * @param framing how long its body is, as a header line
   */
  String linesHead(String framing) {
    var head =
        new StringBuilder("POST /v1/ledgers/transfers/bulk HTTP/1.1\r\nHost: x\r\n")
            .append("Content-Type: application/x-ndjson\r\n");
    client.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append(framing).append("\r\n\r\n").toString();
  }

  /** A transfer as a line, without its end. */
  static String line(
      Object source, Object destination, Object amount, Object transaction, String more) {
    return transferBody(destination, amount, transaction, more)
        .replaceFirst("\\{", "{\"source_ledger_id\":\"" + source + "\",");
  }

  static String entryBody(String type, Object amount, Object transaction, String more) {
    return "{\"type\":\"%s\",\"amount\":%s,\"transaction_id\":\"%s\"%s}"
        .formatted(type, amount, transaction, more);
  }

  Reply entry(Object ledger, String type, Object amount) {
    return client.post(
        "/v1/ledgers/" + ledger + "/entries", entryBody(type, amount, UUID.randomUUID(), ""));
  }

  /** Changes a ledger. */
  Reply change(Object ledger, String body) {
    return client.send("PATCH", "/v1/ledgers/" + ledger, body);
  }

  /** Shows a ledger. */
  JsonNode show(UUID ledger) {
    return client.get("/v1/ledgers/" + ledger).json().get("ledger");
  }

  long balance(UUID ledger) {
    return client.get("/v1/ledgers/" + ledger + "/balance").json().get("balance_current").asLong();
  }

  JsonNode entries(UUID ledger, String query) {
    return client.get("/v1/ledgers/" + ledger + "/entries" + query).json().get("entries");
  }

  /** That an answer is this error, in this dialect's shape. */
  static void assertError(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.json().get("code").textValue()).isEqualTo(code);
    assertThat(reply.json().get("message").textValue()).isNotBlank();
  }
}
