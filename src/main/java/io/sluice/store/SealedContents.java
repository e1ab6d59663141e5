package io.sluice.store;

import io.sluice.store.seal.SealChecks;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Compares a part of one tenant's sealed blocks with the transfers that they hold: both are read
 * once, in the order of ids, some blocks at a time, and hashed here. Where anything is not as it
 * should be, PostgreSQL is asked to name it.
 */
final class SealedContents {
  /** What a tenant's parts have in common. */
  record Books(int tenant, boolean lots, Optional<AccountIds> accounts, UUID lookedTo, long seed) {}

  /**
   * What a part came to.
   *
   * @param findings what entries are not, or no longer, what was sealed
   */
  record Result(List<Verifier.Finding> findings, Stragglers stragglers) {}

  /** Positions of blocks that are read at once: 1 MB. */
  private static final long ENTRIES_AT_ONCE = 16_384;

  private static final String BLOCKS =
      "SELECT "
          + CopiedBlocks.COLUMNS
          + " FROM sealed_block WHERE tenant_id = %d AND %s ORDER BY number";

  private static final String POSITIONS = "first_position >= %d AND first_position < %d";

  /** The greatest id of the blocks before a position, in the order of ids. */
  private static final String REACHED =
      """
      SELECT ids[cardinality(ids)] FROM sealed_block
       WHERE tenant_id = %d AND NOT late AND first_position < %d
       ORDER BY first_position DESC LIMIT 1
      """;

  private static final String LATE_IDS =
      "$id = ANY(ARRAY(SELECT unnest(ids) FROM sealed_block"
          + " WHERE tenant_id = %d AND late AND %s))";

  private static final String IN_ORDER = " ORDER BY t.id";

  private final SnapshotSession session;
  private final Books books;
  private final CopiedEntry entry;
  private final Stragglers stragglers;
  private final List<Verifier.Finding> findings = new ArrayList<>();
  private Optional<UUID> reached = Optional.empty();
  private boolean inDoubt;

  private SealedContents(SnapshotSession session, Books books) {
    this.session = session;
    this.books = books;
    entry = new CopiedEntry(books.tenant(), books.accounts());
    stragglers = new Stragglers(books.lookedTo(), books.seed());
  }

  /**
   * Compares the blocks that begin in a range of positions; blocks.
   *
   * @param from 0 or more
   * @param to not included
   */
  static Result compare(SnapshotSession session, Books books, long from, long to)
      throws SQLException {
    var contents = new SealedContents(session, books);
    contents.compare(from, to);
    return new Result(contents.findings, contents.stragglers);
  }

  private void compare(long from, long to) throws SQLException {
    reached =
        session
            .query(REACHED.formatted(books.tenant(), from), row -> row.getObject(1, UUID.class))
            .stream()
            .findFirst();
    for (long first = from; first < to; first += ENTRIES_AT_ONCE) {
      compareSome(POSITIONS.formatted(first, Math.min(first + ENTRIES_AT_ONCE, to)));
    }
  }

  private void compareSome(String positions) throws SQLException {
    var regular = new CopiedBlocks();
    var late = new CopiedBlocks();
    inDoubt = false;
    session.copy(
        BLOCKS.formatted(books.tenant(), positions),
        row -> inDoubt |= !(row.flag(CopiedBlocks.LATE) ? late : regular).add(row));
    late.sort();
    if (inDoubt || !regular.ascends() || !late.ascends() || !follows(regular)) {
      inDoubt = true;
      stragglers.doubt();
    } else {
      if (regular.size() > 0) {
        merge(regular, upToLast(regular));
      }
      if (late.size() > 0) {
        merge(late, LATE_IDS.formatted(books.tenant(), positions));
        for (int i = 0; i < late.size(); i++) {
          stragglers.late(late.high(i), late.low(i));
        }
      }
    }
    if (inDoubt) {
      name(SealChecks.CONTENTS, positions);
      name(SealChecks.ORDER_WITHIN, positions);
    }
  }

  private void name(String check, String positions) throws SQLException {
    String sql = check.replace("$positions", positions);
    findings.addAll(
        session.query(
            CheckParts.counted(sql, books.tenant(), Verifier.MAX_EXAMPLES),
            row -> Verifier.finding(books.tenant(), row)));
  }

  private boolean follows(CopiedBlocks regular) {
    return reached.isEmpty()
        || regular.size() == 0
        || regular.compare(
                0, reached.get().getMostSignificantBits(), reached.get().getLeastSignificantBits())
            > 0;
  }

  /** Those after what was reached, up to the last entry, which is reached then. */
  private String upToLast(CopiedBlocks regular) {
    int last = regular.size() - 1;
    var to = new UUID(regular.high(last), regular.low(last));
    String after = reached.map("$id > '%s' AND "::formatted).orElse("");
    reached = Optional.of(to);
    return after + "$id <= '" + to + "'";
  }

  private void merge(CopiedBlocks entries, String which) throws SQLException {
    var merge = new Merge(entries);
    session.copy(
        CopiedEntry.select(books.tenant(), which, books.lots(), books.accounts().isEmpty())
            + IN_ORDER,
        merge::next);
    inDoubt |= merge.differs || merge.place < entries.size();
  }

  /** Entries and transfers side by side. */
  private final class Merge {
    private final CopiedBlocks entries;
    private int place;
    private boolean differs;

    private Merge(CopiedBlocks entries) {
      this.entries = entries;
    }

    private void next(CopiedRow row) {
      long high = CopiedEntry.high(row);
      long low = CopiedEntry.low(row);
      while (place < entries.size() && entries.compare(place, high, low) < 0) {
        differs = true;
        place++;
      }
      if (place == entries.size() || entries.compare(place, high, low) > 0) {
        stragglers.leftOut(high, low);
        return;
      }
      int at = place++;
      differs |= entry.content(row).filter(content -> entries.says(at, content)).isEmpty();
    }
  }
}
