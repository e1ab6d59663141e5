package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Holder;
import io.sluice.store.Place;
import io.sluice.store.scrip.HolderQuery;
import io.sluice.store.scrip.HolderQuery.Column;
import io.sluice.store.scrip.HolderQuery.Kind;
import io.sluice.store.scrip.HolderQuery.Order;
import io.sluice.store.scrip.Walked;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** A list of programmes, groups or participants as a request asks for it. */
record HolderList(HolderQuery query, Page<Place> page) {
  private static final List<HolderStatus> PARTICIPANT_STATUSES =
      List.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED, HolderStatus.CLOSED);

  private enum Direction {
    ASC,
    DESC
  }

  /** What {@code sort_by} may say. */
  private enum Sort {
    CREATED_AT(Column.CREATED_AT),
    NAME(Column.NAME),
    EXTERNAL_ID(Column.REFERENCE),
    STATUS(Column.STATUS);

    private final Column column;

    Sort(Column column) {
      this.column = column;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A list of what can be archived: then it is hidden, unless the request asks for it.
   *
   * @param statuses all that there are
   */
  static HolderList archivable(Reader reader, Kind kind, List<HolderStatus> statuses) {
    Optional<HolderStatus> status = reader.query("status", new Reader.Choice<>(statuses));
    boolean archived = reader.query("include_archived", Reader.FLAG).orElse(false);
    List<HolderStatus> shown =
        status
            .map(List::of)
            .orElseGet(
                () ->
                    archived
                        ? List.of()
                        : statuses.stream().filter(each -> each != HolderStatus.ARCHIVED).toList());
    return read(reader, new Conditions(kind, shown), List.of(Sort.CREATED_AT, Sort.NAME));
  }

  static HolderList participants(Reader reader) {
    // Those who keep a participant's former name are in another one, and in no list.
    List<HolderStatus> shown =
        reader
            .query("status", new Reader.Choice<>(PARTICIPANT_STATUSES))
            .map(List::of)
            .orElse(PARTICIPANT_STATUSES);
    var conditions =
        new Conditions(
            Kind.PARTICIPANT,
            shown,
            reader.query("external_id", Reader.EXTERNAL_ID),
            reader.query("program_id", Reader.ID),
            reader.query("from", Reader.TIME),
            reader.query("to", Reader.TIME));
    return read(reader, conditions, List.of(Sort.CREATED_AT, Sort.EXTERNAL_ID, Sort.STATUS));
  }

  private record Conditions(
      Kind kind,
      List<HolderStatus> statuses,
      Optional<String> externalId,
      Optional<UUID> program,
      Optional<Instant> from,
      Optional<Instant> to) {
    Conditions(Kind kind, List<HolderStatus> statuses) {
      this(kind, statuses, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  private static HolderList read(Reader reader, Conditions conditions, List<Sort> sorts) {
    Optional<String> search = reader.query("search", Reader.NAME);
    Order order = order(reader, sorts);
    Page<Place> page =
        Page.read(
            reader, conditions.kind().name(), form(order.column()), conditions, search, order);
    var query =
        new HolderQuery(
            conditions.kind(),
            conditions.statuses(),
            search,
            conditions.externalId(),
            conditions.program().map(HolderId::new),
            conditions.from(),
            conditions.to(),
            order,
            page.after());
    return new HolderList(query, page);
  }

  private static Order order(Reader reader, List<Sort> sorts) {
    Sort sort =
        reader
            .query("sort_by", new Wanted.OneOf(sorts.stream().map(Sort::word).toList()))
            .map(word -> Sort.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Sort.CREATED_AT);
    Direction usual = sort == Sort.CREATED_AT ? Direction.DESC : Direction.ASC;
    List<String> words =
        Arrays.stream(Direction.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    Direction direction =
        reader
            .query("sort_dir", new Wanted.OneOf(words))
            .map(word -> Direction.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(usual);
    return new Order(sort.column, direction == Direction.DESC);
  }

  private static PlaceForm form(Column column) {
    return switch (column) {
      case CREATED_AT -> PlaceForm.MOMENT;
      case NAME, REFERENCE -> PlaceForm.WORD;
      case STATUS -> PlaceForm.STATUS;
    };
  }

  /** The answer with a page of what was found. */
  Answer answer(Walked<Holder> found, BiConsumer<JsonWriter, Holder> members) {
    return Slice.answer(page, found.items(), found.next().map(PlaceForm::parts), members);
  }
}
