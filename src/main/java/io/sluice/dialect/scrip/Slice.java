package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Cursor;
import io.sluice.dialect.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One page of a list.
 *
 * @param items what is on it, in order
 * @param hasMore whether anything comes after it
 */
record Slice<T>(List<T> items, boolean hasMore) {
  /**
   * Cuts what was read to the page.
   *
   * @param read up to one more than the limit, so that we know whether there is more
   */
  static <T> Slice<T> of(List<T> read, int limit) {
    boolean more = read.size() > limit;
    return new Slice<>(List.copyOf(more ? read.subList(0, limit) : read), more);
  }

  <R> Slice<R> map(Function<T, R> function) {
    return new Slice<>(items.stream().map(function).toList(), hasMore);
  }

  /**
   * The answer.
   *
   * @param page what was asked for
   * @param place the parts of the place of an item
   * @param members writes an item's members
   */
  Answer answer(Page<?> page, Function<T, List<String>> place, BiConsumer<JsonWriter, T> members) {
    return answer(JsonWriter.object(), page, place, members);
  }

  /**
   * The answer, after members of its own.
   *
   * @param json the answer so far
   */
  Answer answer(
      JsonWriter json,
      Page<?> page,
      Function<T, List<String>> place,
      BiConsumer<JsonWriter, T> members) {
    Optional<List<String>> next =
        hasMore ? Optional.of(place.apply(items.getLast())) : Optional.empty();
    return answer(json, items, next.map(known -> cursor(page, known)), members);
  }

  /**
   * The answer of a page that says by itself where the next one begins.
   *
   * @param next the parts of the place where it does; empty when there is none
   * @param members writes an item's members
   */
  static <T> Answer answer(
      Page<?> page, List<T> items, Optional<List<String>> next, BiConsumer<JsonWriter, T> members) {
    return answer(JsonWriter.object(), items, next.map(place -> cursor(page, place)), members);
  }

  private static String cursor(Page<?> page, List<String> place) {
    return Cursor.encode(
        Stream.concat(Stream.of(page.tag()), place.stream()).toArray(String[]::new));
  }

  /** The answer with a list that has no pages. */
  static <T> Answer whole(List<T> items, BiConsumer<JsonWriter, T> members) {
    return answer(JsonWriter.object(), items, Optional.empty(), members);
  }

  private static <T> Answer answer(
      JsonWriter json, List<T> items, Optional<String> next, BiConsumer<JsonWriter, T> members) {
    return json.objects("data", items, members)
        .object("pagination")
        .bool("has_more", next.isPresent())
        .text("next_cursor", next.orElse(null))
        .toAnswer(200);
  }
}
