package io.sluice.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the clients of a dialect may quote beside plain UUIDs, and where in the books it leads.
 *
 * @param ids reads an id in the form that the dialect gives it
 * @param kinds the kinds of holders and assets that clients or the operator gave a reference
 * @param keys where clients' idempotency keys count
 * @param tables of the dialect's own
 */
public record Clues(
    Function<String, Optional<UUID>> ids,
    List<String> kinds,
    List<Scope> keys,
    List<NamedTable> tables) {
  /** Of a dialect that has nothing but the ledger's ids. */
  public static final Clues NONE =
      new Clues(text -> Optional.empty(), List.of(), List.of(), List.of());

  public Clues {
    kinds = List.copyOf(kinds);
    keys = List.copyOf(keys);
    tables = List.copyOf(tables);
  }

  /** What an idempotency key counts within. */
  public sealed interface Scope {
    /** The whole tenant. */
    record Whole(String text) implements Scope {}

    /**
     * Each holder of a kind by itself.
     *
     * @param prefix what stands before the holder's id
     */
    record Each(String prefix, String kind) implements Scope {}
  }

  /** Of a dialect whose ids are UUIDs. */
  public static Clues ofUuids(List<String> kinds, List<Scope> keys, List<NamedTable> tables) {
    return new Clues(NONE.ids, kinds, keys, tables);
  }

  /** These and those. */
  public Clues and(Clues others) {
    return new Clues(
        text -> ids.apply(text).or(() -> others.ids.apply(text)),
        both(kinds, others.kinds),
        both(keys, others.keys),
        both(tables, others.tables));
  }

  private static <T> List<T> both(List<T> these, List<T> those) {
    return Stream.concat(these.stream(), those.stream()).toList();
  }
}
