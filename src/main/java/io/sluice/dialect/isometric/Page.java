package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Cursor;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
import io.sluice.store.isometric.Window;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Pages as Relay has them: {@code first} after {@code after} forwards, {@code last} before {@code
 * before} backwards. The cursor says which way, as clients send both sizes with every request;
 * without one it is backwards for {@code last} alone.
 *
 * @param list the list's name, which its cursors carry
 * @param form how they tell a place in it
 */
record Page(
    String list,
    PlaceForm form,
    Optional<Integer> first,
    Optional<String> after,
    Optional<Integer> last,
    Optional<String> before) {
  private static final int DEFAULT_SIZE = 10;
  private static final Wanted<Integer> SIZE = new Reader.Count(50);
  private static final Wanted<String> CURSOR = new Wanted.Characters(1, Integer.MAX_VALUE);

  /** Reads the four parameters of a list's request, in the order in which the registry has them. */
  static Page read(String list, PlaceForm form, Reader reader) {
    Optional<Integer> last = reader.query("last", SIZE);
    Optional<String> before = reader.query("before", CURSOR);
    Optional<Integer> first = reader.query("first", SIZE);
    Optional<String> after = reader.query("after", CURSOR);
    return new Page(list, form, first, after, last, before);
  }

  /**
   * What to read for this page: one element more than it shows, to learn whether there are more.
   *
   * @throws ApiException 400 for a foreign cursor, or for one of each direction
   */
  Window window(TenantId tenant) {
    if (after.isPresent() && before.isPresent()) {
      throw new ApiException(Errors.bothCursors());
    }
    Optional<Place> beyond = isForwards() ? cursor("after", after) : cursor("before", before);
    return new Window(tenant, beyond, isForwards(), size() + 1);
  }

  private boolean isForwards() {
    return before.isEmpty() && (after.isPresent() || first.isPresent() || last.isEmpty());
  }

  /**
   * The page.
   *
   * @param reading what is read for the window, in the order of reading
   * @param count begins to count the whole list
   * @param place where in the list an element is
   * @param write adds an element's members to its open object
   */
  <T> Future<Answer> answer(
      Future<List<T>> reading,
      Supplier<Future<Long>> count,
      Function<T, Place> place,
      BiConsumer<JsonWriter, T> write) {
    return reading.compose(found -> count.get().map(total -> answer(found, total, place, write)));
  }

  private <T> Answer answer(
      List<T> found, long total, Function<T, Place> place, BiConsumer<JsonWriter, T> write) {
    boolean more = found.size() > size();
    var nodes = new ArrayList<>(more ? found.subList(0, size()) : found);
    boolean forwards = isForwards();
    if (!forwards) {
      Collections.reverse(nodes);
    }
    return JsonWriter.object()
        .objects("nodes", nodes, write)
        .number("total_count", total)
        .object("page_info")
        .bool("has_previous_page", forwards ? after.isPresent() : more)
        .text("start_cursor", nodes.isEmpty() ? null : cursor(place.apply(nodes.getFirst())))
        .bool("has_next_page", forwards ? more : before.isPresent())
        .text("end_cursor", nodes.isEmpty() ? null : cursor(place.apply(nodes.getLast())))
        .toAnswer(200);
  }

  private int size() {
    return (isForwards() ? first : last).orElse(DEFAULT_SIZE);
  }

  private String cursor(Place place) {
    return Cursor.encode(
        Stream.concat(Stream.of(list), PlaceForm.parts(place).stream()).toArray(String[]::new));
  }

  private Optional<Place> cursor(String parameter, Optional<String> text) {
    return text.map(
        token ->
            Cursor.decode(token, 1 + PlaceForm.PARTS)
                .filter(parts -> parts.getFirst().equals(list))
                .flatMap(parts -> form.read(parts.subList(1, parts.size())))
                .orElseThrow(() -> new ApiException(Errors.badCursor(parameter))));
  }
}
