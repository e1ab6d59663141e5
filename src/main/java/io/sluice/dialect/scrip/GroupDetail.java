package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Values;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept with a group besides its status.
 *
 * @param behalf for whom it was created
 */
record GroupDetail(String name, Optional<UUID> behalf, Tags tags) {
  private static final String NAME = "name";

  static GroupDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new GroupDetail(
        json.get(NAME).textValue(),
        Values.uuid(json.get(NewMembers.BEHALF)),
        Tags.parse(json).orElse(Tags.NONE));
  }

  GroupDetail named(String other) {
    return new GroupDetail(other, behalf, tags);
  }

  GroupDetail tagged(Tags others) {
    return new GroupDetail(name, behalf, others);
  }

  String text() {
    JsonWriter json = JsonWriter.object().text(NAME, name);
    behalf.ifPresent(id -> json.uuid(NewMembers.BEHALF, id));
    return (tags.equals(Tags.NONE) ? json : tags.write(json)).toText();
  }
}
