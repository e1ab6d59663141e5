package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Ids;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is stored of a customer, and how it is shown. The text is an object with the members that
 * repeat the request; it is set into answers as it is.
 */
final class CustomerDetail {
  private static final String ADDRESSES = "addresses";
  private static final String CONTACTS = "contacts";

  /** The members of a contact after its type. */
  private static final List<Field> CONTACT = List.of(CustomerRequest.CONTACT_VALUE);

  private static final JsonNode NOTHING = Json.parse("{}");

  private CustomerDetail() {}

  /**
   * The text to store.
   *
   * @param before what was stored; empty for a new customer
   * @param ids names addresses and contacts that come into being
   */
  static String of(
      String reference, Optional<String> before, CustomerRequest request, Ids ids, Instant now) {
    JsonNode old = before.map(Json::parse).orElse(NOTHING);
    JsonWriter json = JsonWriter.object().text(Reader.CUSTOMER_ID, reference);
    request.errors().form().fields().stream()
        .filter(field -> !field.is(Field.Trait.SECRET))
        .forEach(field -> write(json, field, old, request.texts()));
    var list = new Listed(json, ids, now);
    list.write(ADDRESSES, CustomerForm.ADDRESS, old, request.addresses());
    list.write(CONTACTS, CONTACT, old, request.contacts());
    JsonNode metadata = request.metadata().orElse(old.path("metadata"));
    if (!metadata.isEmpty()) {
      json.node("metadata", metadata);
    }
    return json.toText();
  }

  private static void write(JsonWriter json, Field field, JsonNode old, Map<String, String> sent) {
    String value = sent.getOrDefault(field.name(), old.path(field.name()).textValue());
    if (value != null && !value.isEmpty()) {
      json.text(field.name(), value);
    }
  }

  /** Writes a list of which each element has a type of its own. */
  private record Listed(JsonWriter json, Ids ids, Instant now) {
    void write(String name, List<Field> fields, JsonNode old, List<Map<String, String>> sent) {
      List<JsonNode> before = elements(old.path(name));
      if (before.isEmpty() && sent.isEmpty()) {
        return;
      }
      json.array(name);
      before.forEach(element -> change(element, fields, sent));
      sent.stream()
          .filter(values -> ofType(before, values.get("type")).isEmpty())
          .forEach(values -> begin(fields, values));
      json.end();
    }

    private void begin(List<Field> fields, Map<String, String> values) {
      json.element().uuid("id", ids.next()).text("type", values.get("type"));
      fields.forEach(field -> CustomerDetail.write(json, field, NOTHING, values));
      json.time("created_at", now).time("updated_at", now).end();
    }

    private void change(JsonNode old, List<Field> fields, List<Map<String, String>> sent) {
      String type = old.get("type").textValue();
      Map<String, String> values =
          sent.stream()
              .filter(element -> element.get("type").equals(type))
              .findFirst()
              .orElse(Map.of());
      boolean same =
          values.entrySet().stream()
              .allMatch(e -> e.getValue().equals(old.path(e.getKey()).asText("")));
      json.element().node("id", old.get("id")).text("type", type);
      fields.forEach(field -> CustomerDetail.write(json, field, old, values));
      json.node("created_at", old.get("created_at"));
      if (same) {
        json.node("updated_at", old.get("updated_at"));
      } else {
        json.time("updated_at", now);
      }
      json.end();
    }
  }

  private static List<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  private static Optional<JsonNode> ofType(List<JsonNode> list, String type) {
    return list.stream().filter(it -> it.get("type").textValue().equals(type)).findFirst();
  }

  /**
   * What a change adds must be whole.
   *
   * @throws ApiException for the first member that is missing
   */
  static void requireWhole(Customer customer, CustomerRequest request) {
    JsonNode old = Json.parse(customer.detail());
    require(old.path(ADDRESSES), request.addresses(), CustomerForm.ADDRESS, "", request.errors());
    require(old.path(CONTACTS), request.contacts(), CONTACT, "contacts_", request.errors());
  }

  private static void require(
      JsonNode old,
      List<Map<String, String>> sent,
      List<Field> fields,
      String prefix,
      CustomerErrors errors) {
    List<JsonNode> before = elements(old);
    for (Map<String, String> values : sent) {
      if (ofType(before, values.get("type")).isEmpty()) {
        fields.stream()
            .filter(field -> field.is(Field.Trait.REQUIRED) && !values.containsKey(field.name()))
            .findFirst()
            .ifPresent(
                field -> {
                  throw new ApiException(errors.missing(prefix + field.name()));
                });
      }
    }
  }

  /** Whether two texts differ in what is verified. */
  static boolean needsVerification(CustomerForm form, String before, String after) {
    JsonNode old = Json.parse(before);
    JsonNode changed = Json.parse(after);
    return differ(form.fields(), old, changed)
        || differ(
            CustomerForm.ADDRESS, old.path(ADDRESSES).path(0), changed.path(ADDRESSES).path(0));
  }

  private static boolean differ(List<Field> fields, JsonNode old, JsonNode changed) {
    return fields.stream()
        .filter(field -> field.is(Field.Trait.VERIFIED))
        .anyMatch(
            field ->
                !Objects.equals(
                    old.path(field.name()).textValue(), changed.path(field.name()).textValue()));
  }

  static Answer one(CustomerForm form, Customer customer) {
    JsonWriter json = JsonWriter.object();
    write(json.object(form.word()), customer);
    return json.toAnswer(200);
  }

  static Answer many(CustomerForm form, List<Customer> customers) {
    return JsonWriter.object()
        .objects(form.plural(), customers, CustomerDetail::write)
        .toAnswer(200);
  }

  static void write(JsonWriter json, Customer customer) {
    json.uuid("id", customer.id())
        .members(customer.detail())
        .text("status", word(customer.status()));
    reason(customer)
        .ifPresent(
            reason ->
                json.array("status_reasons")
                    .element()
                    .text("reason_code", reason.code())
                    .text("reason_code_message", reason.message())
                    .end()
                    .end());
    json.time("created_at", customer.createdAt()).time("updated_at", customer.updatedAt());
    customer.closedAt().ifPresent(time -> json.time("closed_at", time));
  }

  /** What a status is called in answers, queries and events. */
  static String word(CustomerStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** All statuses in these words. */
  static List<String> words() {
    return Stream.of(CustomerStatus.values()).map(CustomerDetail::word).toList();
  }

  /** Only persons are told why. */
  private static Optional<Reason> reason(Customer customer) {
    if (customer.kind() != CustomerForm.PERSON.kind()) {
      return Optional.empty();
    }
    return switch (customer.status()) {
      case REJECTED -> Optional.of(new Reason("invalid_name", "Name is invalid"));
      case RESTRICTED ->
          Optional.of(new Reason("matched_watchlist", "Matched one or multiple sanctions lists"));
      case CREATED, VERIFIED, CLOSED -> Optional.empty();
    };
  }

  private record Reason(String code, String message) {}
}
