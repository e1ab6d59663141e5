package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Timestamps;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept with a programme besides its status.
 *
 * @param archivedAt there while it is archived
 */
record ProgramDetail(
    String name,
    Optional<String> description,
    OnUnknown onUnknown,
    RedemptionTarget target,
    Optional<Instant> archivedAt) {
  static final String NAME = "name";
  static final String DESCRIPTION = "description";
  static final String ON_UNKNOWN = "on_unknown_participant";

  private static final String ARCHIVED_AT = "archived_at";

  /** What an event does about an unknown participant. Transfers never create one. */
  enum OnUnknown {
    CREATE,
    REJECT
  }

  /** One of which nothing but the name is known. */
  static ProgramDetail named(String name) {
    return new ProgramDetail(
        name, Optional.empty(), OnUnknown.CREATE, RedemptionTarget.USUAL, Optional.empty());
  }

  static ProgramDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new ProgramDetail(
        json.get(NAME).textValue(),
        Optional.ofNullable(json.path(DESCRIPTION).textValue()),
        OnUnknown.valueOf(json.get(ON_UNKNOWN).textValue()),
        RedemptionTarget.parse(json),
        Timestamps.parse(json.path(ARCHIVED_AT).textValue()));
  }

  String text() {
    JsonWriter json = JsonWriter.object();
    write(json);
    archivedAt.ifPresent(at -> json.time(ARCHIVED_AT, at));
    return json.toText();
  }

  /** The members of an answer. */
  void write(JsonWriter json) {
    json.text(NAME, name);
    description.ifPresent(text -> json.text(DESCRIPTION, text));
    json.text(ON_UNKNOWN, onUnknown.name());
    target.write(json);
  }
}
