package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client tells about a participant besides the external id. The ledger does nothing with it.
 *
 * @param contact texts by member name; those not given are absent
 * @param attributes a JSON object, or absent
 * @param tags absent where none were ever given
 */
record ParticipantDetail(
    Map<String, String> contact, Optional<JsonNode> attributes, Optional<List<String>> tags) {
  private static final int MAX_TAGS = 100;
  private static final String ATTRIBUTES = "attributes";
  private static final String TAGS = "tags";

  /** Members and what they may be, in the order in which they are stored. */
  private static final Map<String, Wanted<String>> CONTACT = contactMembers();

  private static Map<String, Wanted<String>> contactMembers() {
    Map<String, Wanted<String>> members = new LinkedHashMap<>();
    members.put("email", new Wanted.Characters(1, 320));
    members.put("phone", new Wanted.Characters(1, 64));
    members.put("first_name", Reader.NAME);
    members.put("last_name", Reader.NAME);
    members.put("display_name", Reader.NAME);
    return members;
  }

  static ParticipantDetail read(Members body) {
    Map<String, String> contact = new LinkedHashMap<>();
    CONTACT.forEach(
        (name, text) -> body.optional(name, text).ifPresent(given -> contact.put(name, given)));
    return new ParticipantDetail(
        contact,
        body.optional(ATTRIBUTES, Reader.THING),
        body.optionalAll(TAGS, 0, MAX_TAGS, Reader.NAME));
  }

  static ParticipantDetail parse(String text) {
    JsonNode json = Json.parse(text);
    Map<String, String> contact = new LinkedHashMap<>();
    for (String name : CONTACT.keySet()) {
      if (json.has(name)) {
        contact.put(name, json.get(name).textValue());
      }
    }
    return new ParticipantDetail(
        contact,
        Optional.ofNullable(json.get(ATTRIBUTES)),
        Optional.ofNullable(json.get(TAGS)).map(ParticipantDetail::texts));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>(list.size());
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  /** What is given replaces what was there, member by member; the rest stays. */
  ParticipantDetail changedBy(ParticipantDetail given) {
    Map<String, String> merged = new LinkedHashMap<>(contact);
    merged.putAll(given.contact);
    return new ParticipantDetail(
        merged, given.attributes.or(() -> attributes), given.tags.or(() -> tags));
  }

  String text() {
    JsonWriter json = JsonWriter.object();
    CONTACT.keySet().stream()
        .filter(contact::containsKey)
        .forEach(name -> json.text(name, contact.get(name)));
    attributes.ifPresent(node -> json.node(ATTRIBUTES, node));
    tags.ifPresent(texts -> json.texts(TAGS, texts));
    return json.toText();
  }

  /** The members of an answer; {@code attributes} and {@code tags} are always there. */
  void write(JsonWriter json) {
    contact.forEach(json::text);
    json.texts(TAGS, tags.orElse(List.of()));
    attributes.ifPresentOrElse(
        node -> json.node(ATTRIBUTES, node), () -> json.object(ATTRIBUTES).end());
  }
}
