package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client tells about a participant besides the external id. The ledger does nothing with it.
 *
 * @param profile texts by member name; those not given are absent, and in a change the empty text
 *     takes one away
 * @param attributes a JSON object, or absent
 * @param tags absent where none were ever given
 */
record ParticipantDetail(
    Map<String, String> profile, Optional<JsonNode> attributes, Optional<Tags> tags) {
  static final String ATTRIBUTES = "attributes";

  private static final int MAX_PHONE_CHARS = 50;
  private static final int MAX_EMAIL_CHARS = 255;

  /** As browsers take them (HTML, section 4.10.5.1.5), or nothing. */
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?:[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@LABEL(?:\\.LABEL)*)?"
              .replace("LABEL", "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"));

  /** Members and what they may be, in the order in which they are stored. */
  private static final Map<String, Wanted<String>> PROFILE = profileMembers();

  private static Map<String, Wanted<String>> profileMembers() {
    Wanted<String> name = new Wanted.Characters(0, Names.MAX_NAME_CHARS);
    Map<String, Wanted<String>> members = new LinkedHashMap<>();
    members.put("email", new Reader.Form(MAX_EMAIL_CHARS, EMAIL, "an email address"));
    members.put("phone", new Wanted.Characters(0, MAX_PHONE_CHARS));
    members.put("first_name", name);
    members.put("last_name", name);
    members.put("display_name", name);
    return members;
  }

  static ParticipantDetail read(Members body) {
    Map<String, String> profile = new LinkedHashMap<>();
    PROFILE.forEach(
        (name, text) -> body.optional(name, text).ifPresent(given -> profile.put(name, given)));
    return new ParticipantDetail(profile, body.optional(ATTRIBUTES, Reader.THING), Tags.read(body));
  }

  /** One of which only attributes are given. */
  static ParticipantDetail ofAttributes(JsonNode attributes) {
    return new ParticipantDetail(Map.of(), Optional.of(attributes), Optional.empty());
  }

  static ParticipantDetail parse(String text) {
    JsonNode json = Json.parse(text);
    Map<String, String> profile = new LinkedHashMap<>();
    for (String name : PROFILE.keySet()) {
      if (json.has(name)) {
        profile.put(name, json.get(name).textValue());
      }
    }
    return new ParticipantDetail(
        profile, Optional.ofNullable(json.get(ATTRIBUTES)), Tags.parse(json));
  }

  /** What somebody new is, of whom nothing else is known. */
  ParticipantDetail ofSomebodyNew() {
    var nothing = new ParticipantDetail(Map.of(), Optional.empty(), Optional.empty());
    return nothing.changedBy(this).orElseThrow();
  }

  /**
   * What is given replaces what was there, member by member, attribute by attribute; the rest
   * stays.
   *
   * @return empty when there would be too many attributes
   */
  Optional<ParticipantDetail> changedBy(ParticipantDetail given) {
    Map<String, String> merged = new LinkedHashMap<>(profile);
    merged.putAll(given.profile);
    merged.values().removeIf(String::isEmpty);
    Optional<JsonNode> all = given.attributes.map(this::mergedWith).or(() -> attributes);
    return all.isPresent() && Reader.THING.read(all.get()).isEmpty()
        ? Optional.empty()
        : Optional.of(new ParticipantDetail(merged, all, given.tags.or(() -> tags)));
  }

  ParticipantDetail tagged(Tags others) {
    return new ParticipantDetail(profile, attributes, Optional.of(others));
  }

  boolean hasAttribute(String key) {
    return attributes.filter(all -> all.has(key)).isPresent();
  }

  ParticipantDetail without(String key) {
    return new ParticipantDetail(
        profile, attributes.map(all -> ((ObjectNode) all.deepCopy()).without(List.of(key))), tags);
  }

  private JsonNode mergedWith(JsonNode given) {
    ObjectNode merged = ((ObjectNode) given).objectNode();
    attributes.ifPresent(known -> merged.setAll((ObjectNode) known));
    return merged.setAll((ObjectNode) given);
  }

  String text() {
    JsonWriter json = JsonWriter.object();
    writeProfile(json);
    attributes.ifPresent(node -> json.node(ATTRIBUTES, node));
    tags.ifPresent(known -> known.write(json));
    return json.toText();
  }

  /** The members that all answers have; absent ones were never given. */
  void writeProfile(JsonWriter json) {
    PROFILE.keySet().stream()
        .filter(profile::containsKey)
        .forEach(name -> json.text(name, profile.get(name)));
  }

  /** The members {@code tags} and {@code attributes}, which are always there. */
  void writeState(JsonWriter json) {
    tags.orElse(Tags.NONE).write(json);
    writeAttributes(json);
  }

  /** The member {@code attributes}, which is always there. */
  void writeAttributes(JsonWriter json) {
    attributes.ifPresentOrElse(
        node -> json.node(ATTRIBUTES, node), () -> json.object(ATTRIBUTES).end());
  }
}
