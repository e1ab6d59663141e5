package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Values;
import java.util.Optional;
import java.util.UUID;

/**
 * What every transfer of the dialect says of itself, so that the journal can show it. What is
 * stored with one begins with these members; those of its kind alone follow.
 *
 * @param program the programme that it counts for
 * @param reference the client's own name for what it belongs to
 */
record EntryDetail(UUID program, UUID asset, String description, Optional<String> reference) {
  static final String PROGRAM = "program_id";
  static final String ASSET = "asset_id";
  static final String DESCRIPTION = "description";
  static final String REFERENCE = "reference_id";

  EntryDetail(UUID program, UUID asset, String description) {
    this(program, asset, description, Optional.empty());
  }

  /** The common part of what is stored with a transfer. */
  static EntryDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new EntryDetail(
        Values.uuid(json.get(PROGRAM)).orElseThrow(),
        Values.uuid(json.get(ASSET)).orElseThrow(),
        json.get(DESCRIPTION).textValue(),
        Optional.ofNullable(json.path(REFERENCE).textValue()));
  }

  /** The text to store, to which members of the kind may be added. */
  JsonWriter begin() {
    JsonWriter json =
        JsonWriter.object()
            .uuid(PROGRAM, program)
            .uuid(ASSET, asset)
            .text(DESCRIPTION, description);
    reference.ifPresent(name -> json.text(REFERENCE, name));
    return json;
  }
}
