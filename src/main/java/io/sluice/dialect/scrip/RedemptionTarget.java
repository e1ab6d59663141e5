package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Values;
import io.sluice.dialect.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a programme's later redemptions go.
 *
 * @param entity a participant or group; there for {@code LEDGER_ENTITY} only
 */
record RedemptionTarget(Type type, Optional<UUID> entity) {
  static final String TYPE = "redemption_target_type";
  static final String ENTITY = "redemption_target_entity_id";

  /** That of every programme whose client has said nothing else. */
  static final RedemptionTarget USUAL =
      new RedemptionTarget(Type.SYSTEM_REDEMPTION, Optional.empty());

  private static final Wanted<Type> TYPES = new Reader.Choice<>(List.of(Type.values()));

  enum Type {
    SYSTEM_REDEMPTION,
    SYSTEM_BREAKAGE,
    LEDGER_ENTITY
  }

  /** What a change wants, if it does: an entity comes with its type, and the other way round. */
  static Optional<RedemptionTarget> read(Reader reader, Members body) {
    Optional<Type> type = body.optional(TYPE, TYPES);
    Optional<UUID> entity = body.optional(ENTITY, Reader.ID);
    boolean wantsEntity = type.filter(Type.LEDGER_ENTITY::equals).isPresent();
    if (wantsEntity && !body.has(ENTITY)) {
      reader.refuse(FieldError.required(ENTITY));
    }
    if (!wantsEntity && entity.isPresent()) {
      String rule = "goes with " + TYPE + " " + Type.LEDGER_ENTITY + " only";
      reader.refuse(FieldError.invalid(ENTITY, "absent", rule).of(entity.get().toString()));
    }
    return type.map(known -> new RedemptionTarget(known, entity));
  }

  /** That of a stored programme; the usual one where nothing is stored. */
  static RedemptionTarget parse(JsonNode json) {
    return json.has(TYPE)
        ? new RedemptionTarget(
            Type.valueOf(json.get(TYPE).textValue()), Values.uuid(json.get(ENTITY)))
        : USUAL;
  }

  /** Its members, in a stored text as in an answer. */
  void write(JsonWriter json) {
    json.text(TYPE, type.name());
    entity.ifPresent(id -> json.uuid(ENTITY, id));
  }
}
