package io.sluice.dialect.scrip;

import io.sluice.dialect.Timestamps;
import io.sluice.store.PostingPages.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Places in lists of postings, as cursors tell them. */
final class PostingPlace {
  static final int PARTS = 3;

  private static final String NUMBER = "[0-9]{1,18}";

  private PostingPlace() {}

  static Optional<Place> of(List<String> parts) {
    Optional<Instant> at = Timestamps.parse(parts.getFirst());
    return parts.subList(1, PARTS).stream().allMatch(part -> part.matches(NUMBER))
        ? at.map(time -> new Place(time, number(parts, 1), number(parts, 2)))
        : Optional.empty();
  }

  private static long number(List<String> parts, int index) {
    return Long.parseLong(parts.get(index));
  }

  static List<String> parts(Place place) {
    return List.of(
        Timestamps.format(place.at()),
        Long.toString(place.account()),
        Long.toString(place.sequence()));
  }
}
