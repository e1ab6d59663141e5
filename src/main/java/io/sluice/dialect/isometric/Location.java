package io.sluice.dialect.isometric;

import io.sluice.dialect.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** Where in a request something is wrong: a path of names and list positions. */
record Location(List<Object> steps) {
  static final Location BODY = new Location(List.of("body"));
  static final Location QUERY = new Location(List.of("query"));
  static final Location PATH = new Location(List.of("path"));
  static final Location HEADER = new Location(List.of("header"));

  Location {
    steps = List.copyOf(steps);
  }

  Location then(String name) {
    return with(name);
  }

  Location then(long position) {
    return with(position);
  }

  private Location with(Object step) {
    var longer = new ArrayList<Object>(steps);
    longer.add(step);
    return new Location(longer);
  }

  /** Adds the steps to the open array. */
  JsonWriter write(JsonWriter json) {
    for (Object step : steps) {
      if (step instanceof Long position) {
        json.element(position);
      } else {
        json.element((String) step);
      }
    }
    return json;
  }
}
