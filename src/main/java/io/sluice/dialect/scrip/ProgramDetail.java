package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import java.util.List;
import java.util.Optional;

/**
 * What a client tells about a programme, all of it or a change.
 *
 * @param name what it is called; empty only in a change
 * @param onUnknown empty only in a change
 */
record ProgramDetail(
    Optional<String> name, Optional<String> description, Optional<OnUnknown> onUnknown) {
  private static final int MAX_DESCRIPTION_CHARS = 1_000;
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String ON_UNKNOWN = "on_unknown_participant";
  private static final Wanted<OnUnknown> ON_UNKNOWNS =
      new Reader.Choice<>(List.of(OnUnknown.values()));

  /** What an event does about an unknown participant. Transfers never create one. */
  enum OnUnknown {
    CREATE,
    REJECT
  }

  /** A whole one. */
  static ProgramDetail named(String name) {
    return new ProgramDetail(Optional.of(name), Optional.empty(), Optional.of(OnUnknown.CREATE));
  }

  /** A change. */
  static ProgramDetail read(Members body) {
    return new ProgramDetail(
        body.optional(NAME, Reader.NAME),
        body.optional(DESCRIPTION, new Wanted.Characters(0, MAX_DESCRIPTION_CHARS)),
        body.optional(ON_UNKNOWN, ON_UNKNOWNS));
  }

  /** A whole one, out of its text. */
  static ProgramDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new ProgramDetail(
        Optional.of(json.get(NAME).textValue()),
        Optional.ofNullable(json.get(DESCRIPTION).textValue()),
        Optional.of(OnUnknown.valueOf(json.get(ON_UNKNOWN).textValue())));
  }

  ProgramDetail changedBy(ProgramDetail given) {
    return new ProgramDetail(
        given.name.or(() -> name),
        given.description.or(() -> description),
        given.onUnknown.or(() -> onUnknown));
  }

  String text() {
    return write(JsonWriter.object()).toText();
  }

  /** Its members, in a stored text as in an answer. */
  JsonWriter write(JsonWriter json) {
    return json.text(NAME, name.orElseThrow())
        .text(DESCRIPTION, description.orElse(null))
        .text(ON_UNKNOWN, onUnknown.orElseThrow().name());
  }
}
