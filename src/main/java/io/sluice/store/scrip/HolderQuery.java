package io.sluice.store.scrip;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which holders to list, and in which order. All conditions must hold.
 *
 * @param statuses one of these; any where there are none
 * @param search a part of a name, or of what else a participant is known by; upper and lower case
 *     are the same
 * @param reference exactly this one
 * @param program enrolled there
 * @param from created then or later
 * @param to created then or earlier
 * @param after what comes after this place in the order
 */
public record HolderQuery(
    Kind kind,
    List<HolderStatus> statuses,
    Optional<String> search,
    Optional<String> reference,
    Optional<HolderId> program,
    Optional<Instant> from,
    Optional<Instant> to,
    Order order,
    Optional<Place> after) {
  public HolderQuery {
    statuses = List.copyOf(statuses);
  }

  /** What can be listed. */
  public enum Kind {
    PROGRAM("scrip.program", List.of("detail::jsonb ->> 'name'")),
    GROUP("scrip.group", List.of("detail::jsonb ->> 'name'")),
    PARTICIPANT(
        "scrip.participant",
        List.of(
            "reference",
            "detail::jsonb ->> 'email'",
            "detail::jsonb ->> 'phone'",
            "detail::jsonb ->> 'first_name'",
            "detail::jsonb ->> 'last_name'",
            "detail::jsonb ->> 'display_name'"));

    private final String stored;
    private final List<String> searched;

    Kind(String stored, List<String> searched) {
      this.stored = stored;
      this.searched = searched;
    }

    String stored() {
      return stored;
    }

    List<String> searched() {
      return searched;
    }
  }

  /** What lists can be ordered by; equal ones are in the order of their ids. */
  public enum Column {
    CREATED_AT("created_at"),
    NAME("(detail::jsonb ->> 'name') COLLATE \"C\""),
    REFERENCE("reference"),
    STATUS("status");

    private final String sql;

    /** What a row of a list in this order has in its column {@code sorted}. */
    Place.Key key(Row row) {
      return switch (this) {
        case CREATED_AT -> new Place.Key.Moment(Rows.instant(row, "sorted"));
        case NAME, REFERENCE -> new Place.Key.Word(row.getString("sorted"));
        case STATUS -> new Place.Key.Status(HolderStatus.ofCode(row.getShort("sorted")));
      };
    }

    /** Whether an index leads to those of one status in this order. */
    boolean hasIndexOfStatus(Kind kind) {
      return kind == Kind.PARTICIPANT && (this == CREATED_AT || this == STATUS);
    }

    Column(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }

  /** An order; descending is the latest, or the last of the alphabet, first. */
  public record Order(Column column, boolean descending) {
    ListOrder list() {
      return new ListOrder(column.sql(), "id", descending);
    }
  }
}
