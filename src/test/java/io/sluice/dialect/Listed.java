package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An operation that lists, for the suite that reads all lists alike.
 *
 * @param operation its {@code operationId}
 * @param target where it is, with those parts of the query that it needs
 * @param pagings each way to read it page by page
 * @param elements leads to the elements of a page, as a JSON pointer
 * @param id leads to what tells an element from all others; "" for all of it
 * @param filters all other parameters of its query, by name, each with values of it
 * @param empty the names of those that let nothing through
 * @param add makes one element more
 */
public record Listed(
    String operation,
    String target,
    List<Paging> pagings,
    String elements,
    String id,
    Map<String, List<String>> filters,
    Set<String> empty,
    Runnable add) {
  /** A list without filters. */
  public Listed(
      String operation, String target, Paging paging, String elements, String id, Runnable add) {
    this(operation, target, List.of(paging), elements, id, Map.of(), Set.of(), add);
  }

  /** The same list with a filter, or an order, more. */
  public Listed filter(String name, Object... values) {
    var more = new LinkedHashMap<>(filters);
    more.put(name, List.of(values).stream().map(Object::toString).toList());
    return new Listed(operation, target, pagings, elements, id, more, empty, add);
  }

  /** The same list with a filter more, which lets nothing through. */
  public Listed none(String name, Object value) {
    var more = new HashSet<>(empty);
    more.add(name);
    return new Listed(operation, target, pagings, elements, id, filters, more, add)
        .filter(name, value);
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
