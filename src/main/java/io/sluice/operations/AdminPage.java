package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.store.Place;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param items what is on it, in order
 * @param hasMore whether anything comes behind it
 */
record AdminPage<T>(List<T> items, boolean hasMore) {
  /** What the next page begins behind, or null. */
  static final String NEXT = "next";

  /**
   * Cuts what was read to the page.
   *
   * @param found up to one more than the limit, so that we know whether there is more
   */
  static <T> AdminPage<T> of(List<T> found, int limit) {
    return new AdminPage<>(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
  }

  /**
   * Where the page before ended, as the request says.
   *
   * @param name of the parameter with the {@code next} of that page
   * @param find looks for where what has an id stands in the list
   */
  static Future<Optional<Place>> place(
      AdminQuery query, String name, Function<UUID, Future<Optional<Place>>> find) {
    Optional<UUID> id = query.id(name);
    return id.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : find.apply(id.get())
            .map(
                found ->
                    Optional.of(
                        found.orElseThrow(
                            () -> AdminErrors.invalid(name + " is the next of no page"))));
  }

  /**
   * The answer.
   *
   * @param list the member with the items
   * @param write writes an item's members
   * @param next writes {@link #NEXT} for the last item
   */
  Answer answer(String list, BiConsumer<JsonWriter, T> write, BiConsumer<JsonWriter, T> next) {
    JsonWriter json = JsonWriter.object().objects(list, items, write);
    if (hasMore) {
      next.accept(json, items.getLast());
    } else {
      json.nothing(NEXT);
    }
    return json.toAnswer(200);
  }
}
