package io.sluice.dialect;

import io.sluice.ledger.HolderStatus;
import io.sluice.store.Place;
import io.sluice.store.Place.Key;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How cursors tell a place in a list: by what the list is ordered by, and an id. */
public enum PlaceForm {
  MOMENT {
    @Override
    Optional<Key> key(String text) {
      return Timestamps.parse(text).map(Key.Moment::new);
    }
  },
  DAY {
    @Override
    Optional<Key> key(String text) {
      try {
        return Optional.of(text)
            .filter(it -> it.length() == DAY_CHARS)
            .map(LocalDate::parse)
            .map(Key.Day::new);
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
  },
  WORD {
    @Override
    Optional<Key> key(String text) {
      return Optional.of(new Key.Word(text));
    }
  },
  STATUS {
    @Override
    Optional<Key> key(String text) {
      return Arrays.stream(HolderStatus.values())
          .filter(status -> status.name().equals(text))
          .findFirst()
          .map(Key.Status::new);
    }
  };

  /** How long a date of the years 0 to 9999 is. */
  private static final int DAY_CHARS = "2024-01-22".length();

  /** How many parts of a cursor tell a place. */
  public static final int PARTS = 2;

  abstract Optional<Key> key(String text);

  /** The place that parts of a cursor tell; empty where they tell none. */
  public Optional<Place> read(List<String> parts) {
    return key(parts.getFirst())
        .flatMap(key -> Values.uuid(parts.getLast()).map(id -> new Place(key, id)));
  }

  /** The parts of a cursor that tell a place. */
  public static List<String> parts(Place place) {
    String key =
        switch (place.key()) {
          case Key.Moment moment -> Timestamps.format(moment.value());
          case Key.Day day -> day.value().toString();
          case Key.Word word -> word.value();
          case Key.Status status -> status.value().name();
        };
    return List.of(key, place.id().toString());
  }
}
