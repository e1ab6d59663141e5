package io.sluice.clients;

import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An enterprise takes customers, moves money between their subledgers and has it told. */
final class OrumStory implements Story {
  private static final String NOBODYS_ID = "00000000-0000-7000-8000-000000000000";
  private static final int TOO_MANY = 501;
  private static final int MAX_TRIES = 100;
  private static final int PAUSE_MS = 100;

  @Override
  public void tell(Conversation conversation, Management management) {
    management.post(
        "/orum/enterprise", "{\"name\":\"Orchard\",\"reference\":\"enterprise-of-clients\"}");
    management.post("/orum/enterprise/funding", "{\"reference\":\"first\",\"amount\":100000}");
    Caller all = signIn(conversation, client(management, "{\"label\":\"all\"}"));
    Caller little =
        signIn(
            conversation,
            client(management, "{\"label\":\"little\",\"scopes\":[\"read:balances\"]}"));
    new Telling(conversation, all, little).everything();
  }

  private static JsonNode client(Management management, String body) {
    return management.post("/credentials/oauth-clients", "%s", body);
  }

  private static Caller signIn(Conversation conversation, JsonNode client) {
    Ask ask =
        Ask.of("POST /oauth/token", Caller.NOBODY)
            .body(
                "{\"client_id\":\"%s\",\"client_secret\":\"%s\"}",
                client.get("client_id").asString(), client.get("client_secret").asString());
    return new Caller(conversation.ask(ask, 200).path("access_token").asString("none"), "");
  }

  private record Telling(Conversation conversation, Caller all, Caller little) {
    void everything() {
      conversation.ask(
          Ask.of("POST /oauth/token", Caller.NOBODY)
              .body("{\"client_id\":\"a\",\"client_secret\":\"b\"}"),
          401);
      conversation.ask(asking("GET /webhooks/secret"), 404);
      JsonNode person = customers("person", "/deliver/persons", PERSON, "first_name");
      customers("business", "/deliver/businesses", BUSINESS, "legal_name");
      String subledger = subledgers(person);
      JsonNode transfer = bookTransfers();
      balances(subledger);
      webhooks(person, transfer);
      reports();
      new Refusals(conversation).provoke(NOBODYS_ID, List.of(404), TOO_MANY, 400);
      withoutScope();
      closeAndDelete();
    }

    private static final String PERSON =
        """
        {"customer_reference_id":"ada","first_name":"Ada","middle_name":"King","last_name":"Byron",
         "date_of_birth":"1985-12-10","social_security_number":"123-45-6789",
         "addresses":[{"type":"home","address1":"1 Main Street","address2":"Flat 2","city":"Boston",
           "state":"MA","country":"US","zip5":"02101"}],
         "contacts":[{"type":"email","value":"ada@orchard.example"},
           {"type":"phone","value":"6175550100"}],
         "metadata":{"vip":true,"level":3,"note":"kept"}}\
        """;

    private static final String BUSINESS =
        """
        {"customer_reference_id":"orchard","legal_name":"Orchard Limited","business_name":"Orchard",
         "entity_type":"limited_liability_company","tax_id":"123456789","tax_id_type":"ein",
         "account_holder_name":"Orchard","incorporation_date":"2001-02-03",
         "addresses":[{"type":"legal","address1":"2 Main Street","city":"Boston","state":"MA",
           "country":"US","zip5":"02101"}],
         "contacts":[{"type":"website","value":"orchard.example"}],"metadata":{"a":"b"}}\
        """;

    private Ask asking(String operation) {
      return Ask.of(operation, all);
    }

    private JsonNode ok(Ask ask) {
      return conversation.ask(ask, 200);
    }

    /** Creates one, lists, reads, replaces and changes it; the customer when it is verified. */
    private JsonNode customers(String word, String path, String body, String name) {
      String id =
          ok(asking("POST " + path).body(Json.of(body))).at("/" + word + "/id").asString("");
      conversation.ask(asking("POST " + path).body(Json.of(body)), 400);
      ok(asking("PUT " + path).body(Json.of(body)));
      ok(asking("PUT " + path + "/{id}").with("id", id).body(Json.of(body)));
      Ask change = asking("PATCH " + path + "/{id}").with("id", id);
      ok(change.body("{\"%s\":\"Changed\"}", name));
      ok(change.body("{\"metadata\":{\"note\":\"changed\"}}"));
      Ask get = asking("GET " + path + "/{id}").with("id", id);
      JsonNode customer = ok(get).path(word);
      for (int tries = 0; tries < MAX_TRIES && isUnverified(customer); tries++) {
        pause();
        customer = ok(get).path(word);
      }
      ok(asking("GET " + path));
      ok(
          asking("GET " + path)
              .with("index", 0)
              .with("size", 2)
              .with("status", Json.of("[\"verified\",\"created\"]"))
              .with("start_time", "2024-01-01T00:00:00Z")
              .with("end_time", "2124-01-01T00:00:00Z")
              .with("id", id));
      return customer;
    }

    private static boolean isUnverified(JsonNode customer) {
      return customer.path("status").asString("").equals("created");
    }

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private String subledgers(JsonNode person) {
      Ask create = asking("POST /deliver/subledgers");
      String body = "{\"subledger_reference_id\":\"%s\",\"customer_reference_id\":\"%s\"}";
      String owner = person.path("customer_reference_id").asString("");
      String id = ok(create.body(body, "adas", owner)).at("/subledger/id").asString("");
      ok(create.body(body, "orchards", "orchard"));
      ok(create.body(body, "own", "enterprise-of-clients"));
      conversation.ask(create.body(body, "nobodys", "nobody"), 400);
      ok(asking("GET /deliver/subledgers/{id}").with("id", id));
      ok(asking("GET /deliver/subledgers"));
      ok(asking("GET /deliver/subledgers").with("subledger_reference_id", "adas"));
      return id;
    }

    private Ask transfer(String reference, long amount, String sides) {
      return asking("POST /deliver/booktransfers")
          .body(
              """
              {"book_transfer_reference_id":"%s","amount":%d,"currency":"USD",
               "metadata":{"vip":true,"level":3,"note":"kept"},%s}\
              """,
              reference, amount, sides);
    }

    private static String side(String side, String subledger) {
      return "\"%s\":{\"subledger_reference_id\":\"%s\"}".formatted(side, subledger);
    }

    private JsonNode bookTransfers() {
      String between = side("source", "adas") + "," + side("destination", "orchards");
      ok(transfer("first", 5000, side("destination", "adas")));
      JsonNode transfer = ok(transfer("second", 700, between)).path("book_transfer");
      ok(transfer("third", 1, side("source", "orchards")));
      ok(transfer("too-much", 1_000_000, between));
      conversation.ask(transfer("second", 700, between), 400);
      conversation.ask(transfer("fourth", 1, side("source", "nobodys")), 404);
      conversation.askAmiss(transfer("fifth", 0, between), 400);
      String id = transfer.path("id").asString("");
      ok(asking("GET /deliver/booktransfers/{id}").with("id", id));
      ok(asking("GET /deliver/booktransfers"));
      ok(
          asking("GET /deliver/booktransfers")
              .with("status", "failed")
              .with("subledger_reference_id", "adas")
              .with("book_transfer_reference_id", "too-much")
              .with("index", 0)
              .with("size", 1));
      return transfer;
    }

    private void balances(String subledger) {
      ok(asking("GET /deliver/balance"));
      ok(asking("GET /deliver/balance/subledgers"));
      ok(asking("GET /deliver/balance/subledgers/{id}").with("id", subledger));
    }

    private void webhooks(JsonNode person, JsonNode transfer) {
      String path = "/webhooks/configurations";
      String body = "{\"event_types\":[%s],\"url\":\"%s\",\"enabled\":%b}";
      // Nothing is sent there, as it is not enabled.
      String url = "https://127.0.0.1/orum";
      JsonNode made = ok(asking("POST " + path).body(body, "\"subscribe_all\"", url, false));
      String id = made.at("/webhook_configuration/id").asString("");
      ok(asking("GET " + path));
      ok(
          asking("PUT " + path + "/{id}")
              .with("id", id)
              .body(body, "\"person_all\",\"book_transfer_updated\"", url, false));
      conversation.ask(
          asking("POST " + path).body(body, "\"subscribe_all\"", "nonsense", true), 400);
      ok(asking("POST /webhooks/secret"));
      ok(asking("GET /webhooks/secret"));
      conversation.ask(test("person_verified", person), 201);
      conversation.ask(test("book_transfer_updated", transfer), 201);
    }

    private Ask test(String event, JsonNode data) {
      ObjectNode body = (ObjectNode) Json.of("{\"event_type\":\"%s\"}".formatted(event));
      return asking("POST /webhooks/invoke").body(body.set("data", data));
    }

    private void reports() {
      String times =
          "\"start_time\":\"2024-01-01T00:00:00Z\",\"end_time\":\"2124-01-01T00:00:00Z\"";
      Ask create = asking("POST /deliver/reports/recon");
      ok(create.body("{%s}", times));
      String scope = ",\"report_scope\":\"subledger\",\"subledger_reference_id\":\"adas\"";
      String id = ok(create.body("{%s%s}", times, scope)).at("/report/id").asString("");
      ok(asking("GET /deliver/reports/recon"));
      ok(asking("GET /deliver/reports/recon/{id}").with("id", id));
      ok(asking("GET /deliver/reports/{id}/download").with("id", id));
      Ask summary =
          asking("GET /deliver/reports/balances")
              .with("start_time", "2024-01-01T00:00:00Z")
              .with("end_time", "2124-01-01T00:00:00Z");
      ok(summary);
      ok(summary.with("report_scope", "enterprise"));
      conversation.ask(create.body("{%s,\"report_scope\":\"subledger\"}", times), 400);
    }

    private void withoutScope() {
      for (Ask ask : List.copyOf(conversation.succeeded().values())) {
        if (ask.caller() != Caller.NOBODY && !ask.operation().startsWith("GET /deliver/balance")) {
          conversation.ask(ask.as(little), 403);
        }
      }
    }

    /** What ends something comes last. */
    private void closeAndDelete() {
      var succeeded = conversation.succeeded();
      for (String path : List.of("/deliver/persons/{id}", "/deliver/businesses/{id}")) {
        end("DELETE " + path, idOf(succeeded.get("GET " + path)), 200);
      }
      end(
          "DELETE /deliver/reports/{id}",
          idOf(succeeded.get("GET /deliver/reports/recon/{id}")),
          204);
      String configurations = "/webhooks/configurations/{id}";
      end("DELETE " + configurations, idOf(succeeded.get("PUT " + configurations)), 204);
    }

    private static String idOf(Ask ask) {
      return ask == null ? NOBODYS_ID : ask.parameters().get("id").asString();
    }

    private void end(String operation, String id, int status) {
      Ask ask = asking(operation).with("id", id);
      conversation.ask(ask.as(Caller.STRANGER), 401);
      conversation.ask(ask.as(little), 403);
      conversation.ask(ask.with("id", NOBODYS_ID), 404);
      conversation.askAmiss(ask.with("id", "nonsense"), 400);
      conversation.ask(ask, status);
    }
  }
}
