package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.JournalSearch.Start;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.ledger.TransferId;
import io.sluice.store.AccountHistory.Line;
import io.sluice.store.PostingPages;
import io.sluice.store.PostingPages.Span;
import io.sluice.store.scrip.JournalStore.Entry;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The journal: every movement of value as an entry with its postings. */
final class Journal {
  /**
   * The most entries that are looked at for one page, whether they are on it or not: a page with
   * filters may be short and go on.
   */
  static final int MOST_EXAMINED = 1_000;

  /** Entries that are read at once: enough for a page of the usual size. */
  private static final int READ_AT_ONCE = 64;

  /** A page ends where its entries have so many postings, as an entry may have hundreds. */
  static final int MOST_POSTINGS = 5_000;

  /**
   * How much later than its id a transfer may have been decided: the longest that a request may
   * take.
   */
  private static final Duration LATEST = Duration.ofMinutes(10);

  /** How much earlier, where a clock was set back. */
  private static final Duration EARLIEST = Duration.ofSeconds(1);

  private final Services services;
  private final ScripStores stores;
  private final Directory directory;
  private final Holders holders;
  private final Balances balances;
  private final JournalEntries entries;
  private final PostingPages pages;

  Journal(
      Services services,
      ScripStores stores,
      Directory directory,
      Holders holders,
      Balances balances) {
    this.services = services;
    this.stores = stores;
    this.directory = directory;
    this.holders = holders;
    this.balances = balances;
    this.entries = new JournalEntries(services, stores.journal());
    this.pages = new PostingPages(stores.history());
  }

  Future<Answer> get(Caller caller, Call call) {
    UUID id = Reader.pathId(call);
    TenantId tenant = caller.tenant();
    return stores
        .journal()
        .findAll(tenant, List.of(new TransferId(id)))
        .compose(found -> entries.of(tenant, found))
        .map(found -> found.stream().findFirst().orElseThrow(() -> absent("journal entry", id)))
        .compose(entry -> entries.writer(tenant, List.of(entry)).map(w -> answer(w, entry)));
  }

  private static Answer answer(BiConsumer<JsonWriter, JournalEntry> writer, JournalEntry entry) {
    JsonWriter json = JsonWriter.object();
    writer.accept(json, entry);
    return json.toAnswer(200);
  }

  private static ApiException absent(String what, Object id) {
    return new ApiException(Errors.notFound(what, id));
  }

  /** Newest first. */
  Future<Answer> list(Caller caller, Call call) {
    JournalSearch search = Reader.read(call, JournalSearch::read);
    TenantId tenant = caller.tenant();
    return require(tenant, search)
        .compose(
            owner ->
                owner.isPresent()
                    ? owned(tenant, search, owner.get())
                    : Future.succeededFuture(everybodys(tenant, search)))
        .compose(walk -> gather(search, walk, search.page().after(), List.of(), 0))
        .compose(
            found ->
                entries
                    .writer(tenant, found.entries())
                    .map(
                        writer ->
                            Slice.answer(
                                search.page(),
                                found.entries(),
                                found.next().map(Start::parts),
                                writer)));
  }

  /** Everything that the request names exists; whose postings it wants. */
  private Future<Optional<HolderId>> require(TenantId tenant, JournalSearch search) {
    search.event().ifPresent(id -> refuse("event", id));
    search.rule().ifPresent(id -> refuse("rule", id));
    return holders
        .require(tenant, Names.PROGRAM, search.wanted().program())
        .compose(done -> balances.requireAsset(tenant, search.wanted().asset()))
        .compose(done -> directory.parties(tenant, search.owner().stream().toList()))
        .map(
            found ->
                search
                    .owner()
                    .map(
                        party ->
                            Optional.ofNullable(found.get(party))
                                .orElseThrow(
                                    () ->
                                        absent(
                                            Names.noun(party.kind().holder()),
                                            party.reference()))));
  }

  /** There are no events and no rules. */
  private static void refuse(String what, UUID id) {
    throw absent(what, id);
  }

  /** The next candidates after a place. */
  private interface Walk {
    Future<Chunk> next(Optional<Start> after, int size);
  }

  private record Chunk(List<Candidate> candidates, boolean last) {}

  /**
   * What was looked at.
   *
   * @param wanted there when it is on the list
   */
  private record Candidate(Start place, Optional<JournalEntry> wanted) {}

  /** A page, and where the next one begins. */
  private record Found(List<JournalEntry> entries, Optional<Start> next) {}

  private Future<Found> gather(
      JournalSearch search,
      Walk walk,
      Optional<Start> after,
      List<Candidate> before,
      int examined) {
    int limit = search.page().limit();
    return walk.next(after, Math.min(limit + 1, READ_AT_ONCE))
        .compose(
            chunk -> {
              var wanted = new ArrayList<>(before);
              chunk.candidates().stream()
                  .filter(each -> each.wanted().isPresent())
                  .forEach(wanted::add);
              int seen = examined + chunk.candidates().size();
              if (wanted.size() > limit) {
                return Future.succeededFuture(
                    found(wanted.subList(0, limit), Optional.of(wanted.get(limit - 1).place())));
              }
              if (chunk.last()) {
                return Future.succeededFuture(found(wanted, Optional.empty()));
              }
              Optional<Start> last = Optional.of(chunk.candidates().getLast().place());
              return seen >= MOST_EXAMINED || postings(wanted) >= MOST_POSTINGS
                  ? Future.succeededFuture(found(wanted, last))
                  : gather(search, walk, last, wanted, seen);
            });
  }

  private static int postings(List<Candidate> wanted) {
    return wanted.stream().mapToInt(each -> each.wanted().orElseThrow().parts().size()).sum();
  }

  private static Found found(List<Candidate> page, Optional<Start> next) {
    return new Found(page.stream().map(each -> each.wanted().orElseThrow()).toList(), next);
  }

  private Walk everybodys(TenantId tenant, JournalSearch search) {
    Optional<String> kind =
        search.wanted().action().filter(a -> a != Action.TRANSFER).map(Action::kind);
    Optional<UUID> newest =
        search.wanted().to().map(to -> TimeOrderedIds.firstOf(to.plus(EARLIEST)));
    Optional<Instant> oldest = search.wanted().from().map(from -> from.minus(LATEST));
    return (after, size) ->
        stores
            .journal()
            .newest(tenant, kind, after.map(Journal::entryId).or(() -> newest), size)
            .compose(
                stored ->
                    entries
                        .of(tenant, stored)
                        .map(
                            found ->
                                new Chunk(
                                    candidates(search, stored, found),
                                    stored.size() < size || isPast(stored.getLast(), oldest))));
  }

  private static UUID entryId(Start start) {
    return ((Start.AtEntry) start).id();
  }

  private static boolean isPast(Entry entry, Optional<Instant> oldest) {
    return oldest.filter(TimeOrderedIds.timeOf(entry.id().value())::isBefore).isPresent();
  }

  private static List<Candidate> candidates(
      JournalSearch search, List<Entry> stored, List<JournalEntry> found) {
    Map<UUID, JournalEntry> own = byId(found);
    return stored.stream()
        .map(
            entry ->
                new Candidate(
                    new Start.AtEntry(entry.id().value()),
                    Optional.ofNullable(own.get(entry.id().value()))
                        .filter(each -> search.wanted().match(each, Optional.empty()).isPresent())))
        .toList();
  }

  private static Map<UUID, JournalEntry> byId(List<JournalEntry> entries) {
    return entries.stream().collect(Collectors.toMap(JournalEntry::id, Function.identity()));
  }

  private Future<Walk> owned(TenantId tenant, JournalSearch search, HolderId owner) {
    var wanted = search.wanted();
    return stores
        .history()
        .held(tenant, owner)
        .map(held -> HistorySearch.only(held, wanted.asset(), wanted.bucket()))
        .compose(held -> pages.span(tenant, held, wanted.from(), wanted.to()))
        .map(span -> (after, size) -> owned(tenant, search, owner, span, after, size));
  }

  private Future<Chunk> owned(
      TenantId tenant,
      JournalSearch search,
      HolderId owner,
      Span span,
      Optional<Start> after,
      int size) {
    return pages
        .newestFirst(tenant, span, after.map(start -> ((Start.AtPosting) start).place()), size)
        .compose(
            lines ->
                stores
                    .journal()
                    .findAll(tenant, lines.stream().map(Line::transfer).distinct().toList())
                    .compose(stored -> entries.of(tenant, stored))
                    .map(
                        found ->
                            new Chunk(
                                lines.stream()
                                    .map(line -> candidate(search, owner, line, byId(found)))
                                    .toList(),
                                lines.size() < size)));
  }

  /** An entry with several postings that fit is on the list by the first of them. */
  private static Candidate candidate(
      JournalSearch search, HolderId owner, Line line, Map<UUID, JournalEntry> found) {
    return new Candidate(
        new Start.AtPosting(PostingPages.Place.of(line)),
        Optional.ofNullable(found.get(line.transfer().value()))
            .filter(
                entry ->
                    search
                        .wanted()
                        .match(entry, Optional.of(owner))
                        .filter(part -> part.line().account() == line.account())
                        .filter(part -> part.line().sequence() == line.sequence())
                        .isPresent()));
  }
}
