package io.sluice.store;

import io.sluice.ledger.HolderStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A place in a list: what stands there in the column that the list is ordered by, and the id, which
 * decides between what does not differ in it. An id alone is no place: it need not tell when its
 * row was made.
 */
public record Place(Key key, UUID id) {
  /** What a column holds that a list can be ordered by. */
  public sealed interface Key {
    /** When something happened, to the microsecond. */
    record Moment(Instant value) implements Key {}

    /** A date. */
    record Day(LocalDate value) implements Key {}

    /** A name. */
    record Word(String value) implements Key {}

    /** What something may take part in. */
    record Status(HolderStatus value) implements Key {}
  }

  public static Place of(Instant at, UUID id) {
    return new Place(new Key.Moment(at), id);
  }

  public static Place of(LocalDate on, UUID id) {
    return new Place(new Key.Day(on), id);
  }

  public static Place of(String name, UUID id) {
    return new Place(new Key.Word(name), id);
  }

  /** The key as a parameter of a statement. */
  Object parameter() {
    return switch (key) {
      case Key.Moment moment -> Rows.time(moment.value());
      case Key.Day day -> day.value();
      case Key.Word word -> word.value();
      case Key.Status status -> (short) status.value().code();
    };
  }
}
