package io.sluice.dialect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where in a request something stands: in the body, the query, the path or a header, and below that
 * a way of member names and list positions.
 *
 * @param above what it is in; empty for a root
 * @param step a name, or a position from 0 as digits; kept for a name only
 * @param position the position in a list; negative for a name
 */
public record Place(Optional<Place> above, String step, int position) {
  public static final Place BODY = root("body");
  public static final Place QUERY = root("query");
  public static final Place PATH = root("path");
  public static final Place HEADER = root("header");

  private static Place root(String name) {
    return new Place(Optional.empty(), name, -1);
  }

  /** A member of what stands here. */
  public Place then(String name) {
    return new Place(Optional.of(this), name, -1);
  }

  /** An element of the list that stands here. */
  public Place then(int index) {
    return new Place(Optional.of(this), "", index);
  }

  /** The digits are made when they are asked for: nearly every element is sound. */
  @Override
  public String step() {
    return isPosition() ? Integer.toString(position) : step;
  }

  public boolean isIn(Place root) {
    return equals(root) || above.filter(place -> place.isIn(root)).isPresent();
  }

  public boolean isPosition() {
    return position >= 0;
  }

  /** All steps, the root first. */
  public Iterable<Place> steps() {
    Deque<Place> steps = new ArrayDeque<>();
    for (Optional<Place> at = Optional.of(this); at.isPresent(); at = at.get().above) {
      steps.addFirst(at.get());
    }
    return steps;
  }

  /** The way from the root, such as {@code recipients[3].amount}; empty for a root. */
  @Override
  public String toString() {
    if (above.isEmpty()) {
      return "";
    }
    String way = above.get().toString();
    if (isPosition()) {
      return way + "[" + position + "]";
    }
    return way.isEmpty() ? step : way + "." + step;
  }
}
