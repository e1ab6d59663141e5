package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An operation that lists, for the suite that reads all lists alike.
 *
 * @param operation its {@code operationId}
 * @param target where it is, with those parts of the query that it needs
 * @param pagings each way to read it page by page
 * @param elements leads to the elements of a page, as a JSON pointer
 * @param id leads to what tells an element from all others; "" for all of it
 * @param filters all other parameters of its query, by name, each with values that let something
 *     through
 * @param empty the same, each with values that let nothing through
 * @param add makes one element more
 */
public record Listed(
    String operation,
    String target,
    List<Paging> pagings,
    String elements,
    String id,
    Map<String, List<String>> filters,
    Map<String, List<String>> empty,
    Runnable add) {
  /** A list without filters. */
  public Listed(
      String operation, String target, Paging paging, String elements, String id, Runnable add) {
    this(operation, target, List.of(paging), elements, id, Map.of(), Map.of(), add);
  }

  /** The same list with a filter, or an order, more. */
  public Listed filter(String name, Object... values) {
    return with(more(filters, name, values), empty);
  }

  /** The same list with values of a filter, or of one more, that let nothing through. */
  public Listed none(String name, Object... values) {
    return with(filters, more(empty, name, values));
  }

  private Listed with(Map<String, List<String>> letting, Map<String, List<String>> lettingNothing) {
    return new Listed(operation, target, pagings, elements, id, letting, lettingNothing, add);
  }

  private static Map<String, List<String>> more(
      Map<String, List<String>> known, String name, Object... values) {
    var more = new LinkedHashMap<>(known);
    more.put(name, Stream.of(values).map(Object::toString).toList());
    return more;
  }

  /** The names of all that can be asked for beside a page. */
  Set<String> filterNames() {
    var names = new TreeSet<>(filters.keySet());
    names.addAll(empty.keySet());
    return names;
  }

  /** The same list, to be read in another way, too. */
  public Listed also(Paging paging) {
    var more = new ArrayList<>(pagings);
    more.add(paging);
    return new Listed(operation, target, more, elements, id, filters, empty, add);
  }

  @Override
  public String toString() {
    return operation + " at " + target;
  }

  /** A request for a page. */
  Ask page(String query) {
    return Ask.get(target + (target.contains("?") ? "&" : "?") + query);
  }

  /** What tells the elements of a page apart, in their order. */
  List<String> ids(JsonNode page) {
    var ids = new ArrayList<String>();
    page.at(elements)
        .forEach(
            element -> {
              JsonNode told = element.at(id);
              ids.add(told.isValueNode() ? told.asText() : told.toString());
            });
    return ids;
  }
}
