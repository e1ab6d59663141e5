package io.sluice.dialect.scrip;

import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import io.sluice.store.scrip.Listings.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Places in lists that are ordered by time, as cursors tell them. */
final class TimePlace {
  private TimePlace() {}

  static Optional<Place> of(List<String> parts) {
    return Timestamps.parse(parts.getFirst())
        .flatMap(at -> Values.uuid(parts.getLast()).map(id -> new Place(at, id)));
  }

  static List<String> parts(Instant at, UUID id) {
    return List.of(Timestamps.format(at), id.toString());
  }
}
