package io.sluice.dialect.scrip;

import io.sluice.dialect.Call;
import io.sluice.dialect.Cursor;
import io.sluice.dialect.Text;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The parameters of paths and queries. Every method throws {@code invalid_request} with a message
 * that names the parameter when it is not what it should be.
 */
final class Queries {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;

  private Queries() {}

  /** A UUID in the path. */
  static UUID pathUuid(Call call, String name) {
    return Values.uuid(call.pathParameter(name))
        .orElseThrow(() -> Fields.refuse(name + " in the path must be a UUID"));
  }

  /** How many to list: 1 to {@value #MAX_LIMIT}. A larger wish is cut, a smaller one refused. */
  static int limit(Call call) {
    Optional<String> text = text(call, "limit");
    if (text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    if (!text.get().matches("[0-9]{1,100}") || text.get().matches("0+")) {
      throw Fields.refuse("limit must be a whole number of 1 or more");
    }
    return Values.parameter(text.get()).filter(value -> value < MAX_LIMIT).orElse(MAX_LIMIT);
  }

  static Optional<UUID> uuid(Call call, String name) {
    return text(call, name)
        .map(text -> Values.uuid(text).orElseThrow(() -> Fields.refuse(name + " must be a UUID")));
  }

  static boolean flag(Call call, String name) {
    return switch (text(call, name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Fields.refuse(name + " must be true or false");
    };
  }

  static Optional<Instant> time(Call call, String name) {
    // A plus sign in a query is a blank unless it was escaped.
    return text(call, name)
        .map(
            text ->
                Timestamps.parse(text.replace(' ', '+'))
                    .orElseThrow(() -> Fields.refuse(name + " must be an RFC 3339 date-time")));
  }

  static <E extends Enum<E>> Optional<E> choice(Call call, String name, Class<E> type) {
    return text(call, name).map(text -> Fields.choice(name, text, type));
  }

  static Optional<String> text(Call call, String name) {
    Optional<String> text = Optional.ofNullable(call.query().get(name));
    if (text.isPresent() && !Text.isClean(text.get())) {
      throw Fields.refuse(name + " contains U+0000 or half of a surrogate pair");
    }
    return text;
  }

  /** The id after which a page starts, from a cursor of this list. */
  static Optional<UUID> after(Call call, String list) {
    return cursor(call, list, 2)
        .map(parts -> Values.uuid(parts.get(1)).orElseThrow(Queries::badCursor));
  }

  /** A cursor's parts, the first of which is the list's name. */
  static Optional<List<String>> cursor(Call call, String list, int parts) {
    return text(call, "cursor")
        .map(
            token ->
                Cursor.decode(token, parts)
                    .filter(found -> found.getFirst().equals(list))
                    .orElseThrow(Queries::badCursor));
  }

  static RuntimeException badCursor() {
    return Fields.refuse("cursor must be the next_cursor of a page of this list");
  }
}
