package io.sluice.dialect.scrip;

import io.sluice.dialect.Values;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.store.PostingPages.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which entries of the journal a request asks for.
 *
 * @param owner whose postings they must have
 */
record JournalSearch(
    Conditions wanted,
    Optional<Party> owner,
    Optional<UUID> event,
    Optional<UUID> rule,
    Page<Start> page) {
  private static final Wanted<Action> ACTION = new Reader.Choice<>(List.of(Action.values()));

  /** The last thing of the page before. */
  sealed interface Start {
    List<String> parts();

    /** In a list of all entries. */
    record AtEntry(UUID id) implements Start {
      @Override
      public List<String> parts() {
        return List.of(id.toString());
      }
    }

    /** In a list of somebody's postings. */
    record AtPosting(Place place) implements Start {
      @Override
      public List<String> parts() {
        return PostingPlace.parts(place);
      }
    }
  }

  /** What an entry must be, and what one and the same of its postings must be. */
  record Conditions(
      Optional<UUID> program,
      Optional<Action> action,
      Optional<String> reference,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<UUID> asset,
      Optional<Bucket> bucket,
      Optional<BigDecimal> min,
      Optional<BigDecimal> max) {
    static Conditions read(Reader reader) {
      return new Conditions(
          reader.query("program_id", Reader.ID),
          reader.query("action_type", ACTION),
          reader.query("reference_id", Reader.REFERENCE),
          reader.query("from", Reader.TIME),
          reader.query("to", Reader.TIME),
          reader.query("asset_id", Reader.ID),
          reader.query(Reader.BUCKET_NAME, Reader.BUCKET),
          reader.query("min_amount", Reader.SIGNED),
          reader.query("max_amount", Reader.SIGNED));
    }

    /**
     * The posting by which an entry is on the list; empty when it is not.
     *
     * @param holder whose postings count; empty for anybody's
     */
    Optional<JournalEntry.Part> match(JournalEntry entry, Optional<HolderId> holder) {
      if (!fits(entry)) {
        return Optional.empty();
      }
      return entry.parts().stream()
          .filter(part -> holder.isEmpty() || part.side().holder().equals(holder.get()))
          .filter(this::fits)
          .max(
              Comparator.comparing((JournalEntry.Part part) -> part.line().account())
                  .thenComparing(part -> part.line().sequence()));
    }

    private boolean fits(JournalEntry entry) {
      Instant at = entry.stored().createdAt();
      return isAll(program, entry.detail().program())
          && isAll(action, entry.action())
          && (reference.isEmpty() || reference.equals(entry.detail().reference()))
          && from.filter(at::isBefore).isEmpty()
          && to.filter(at::isAfter).isEmpty();
    }

    private boolean fits(JournalEntry.Part part) {
      BigDecimal amount = part.amount();
      return isAll(asset, part.side().asset().value())
          && isAll(bucket, part.side().bucket())
          && min.filter(least -> amount.compareTo(least) < 0).isEmpty()
          && max.filter(most -> amount.compareTo(most) > 0).isEmpty();
    }

    private static <T> boolean isAll(Optional<T> wanted, T found) {
      return wanted.isEmpty() || wanted.get().equals(found);
    }
  }

  static JournalSearch read(Reader reader) {
    Conditions wanted = Conditions.read(reader);
    Optional<Party> owner = owner(reader);
    Optional<UUID> event = reader.query("event_id", Reader.ID);
    Optional<UUID> rule = reader.query("rule_id", Reader.ID);
    Page<Start> page =
        owner.isPresent()
            ? Page.read(
                reader,
                "journal",
                PostingPlace.PARTS,
                parts -> PostingPlace.of(parts).map(Start.AtPosting::new),
                wanted,
                owner)
            : Page.read(
                reader,
                "journal",
                1,
                parts -> Values.uuid(parts.getFirst()).map(Start.AtEntry::new),
                wanted);
    return new JournalSearch(wanted, owner, event, rule, page);
  }

  private static Optional<Party> owner(Reader reader) {
    List<Party> given =
        Arrays.stream(Party.Kind.values())
            .flatMap(
                kind ->
                    (kind == Party.Kind.EXTERNAL_ID
                            ? reader.query(kind.member(), Reader.EXTERNAL_ID)
                            : reader.query(kind.member(), Reader.ID).map(UUID::toString))
                        .map(name -> new Party(kind, name)).stream())
            .toList();
    if (given.size() > 1) {
      reader.refuse(
          FieldError.invalid(
              given.getLast().kind().member(), "absent", "is one too many: name one of them"));
    }
    return given.stream().findFirst();
  }
}
