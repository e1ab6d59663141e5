package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client tells about a participant besides the external id. The ledger does nothing with it.
 *
 * @param contact texts by member name; those not given are absent
 * @param attributes a JSON object, or absent
 * @param tags a JSON array of texts, or absent
 */
record ParticipantDetail(
    Map<String, String> contact, Optional<JsonNode> attributes, Optional<JsonNode> tags) {
  private static final int MAX_TAGS = 100;

  /** Members and their longest values, in characters. */
  private static final Map<String, Integer> CONTACT = contactMembers();

  private static Map<String, Integer> contactMembers() {
    Map<String, Integer> members = new LinkedHashMap<>();
    members.put("email", 320);
    members.put("phone", 64);
    members.put("first_name", 255);
    members.put("last_name", 255);
    members.put("display_name", 255);
    return members;
  }

  static ParticipantDetail read(Fields fields) {
    Map<String, String> contact = new LinkedHashMap<>();
    CONTACT.forEach(
        (name, maxChars) ->
            fields.optionalText(name, 1, maxChars).ifPresent(text -> contact.put(name, text)));
    return new ParticipantDetail(
        contact,
        fields.optionalObject("attributes"),
        fields.optionalTexts("tags", MAX_TAGS, Fields.MAX_NAME_CHARS));
  }

  static ParticipantDetail parse(String detail) {
    JsonNode json = Json.parse(detail);
    Map<String, String> contact = new LinkedHashMap<>();
    for (String name : CONTACT.keySet()) {
      if (json.has(name)) {
        contact.put(name, json.get(name).textValue());
      }
    }
    return new ParticipantDetail(
        contact,
        Optional.ofNullable(json.get("attributes")),
        Optional.ofNullable(json.get("tags")));
  }

  /** What is given replaces what was there, member by member; the rest stays. */
  ParticipantDetail changedBy(ParticipantDetail given) {
    Map<String, String> merged = new LinkedHashMap<>(contact);
    merged.putAll(given.contact);
    return new ParticipantDetail(
        merged, given.attributes.or(() -> attributes), given.tags.or(() -> tags));
  }

  String toText() {
    JsonWriter json = JsonWriter.object();
    CONTACT.keySet().stream()
        .filter(contact::containsKey)
        .forEach(name -> json.text(name, contact.get(name)));
    attributes.ifPresent(node -> json.node("attributes", node));
    tags.ifPresent(node -> json.node("tags", node));
    return json.toText();
  }

  /** The members of an answer; {@code attributes} and {@code tags} are always there. */
  void write(JsonWriter json) {
    contact.forEach(json::text);
    if (tags.isPresent()) {
      json.node("tags", tags.get());
    } else {
      json.array("tags").end();
    }
    if (attributes.isPresent()) {
      json.node("attributes", attributes.get());
    } else {
      json.object("attributes").end();
    }
  }
}
