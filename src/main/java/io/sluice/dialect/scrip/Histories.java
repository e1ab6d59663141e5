package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountHistory.Held;
import io.sluice.store.AccountHistory.Line;
import io.sluice.store.Asset;
import io.sluice.store.PostingPages;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every posting of a participant, or of a programme's wallets, oldest first. */
record Histories(Services services, ScripStores stores, Holders holders, Balances balances) {
  Future<Answer> ofParticipant(Caller caller, Call call) {
    return list(caller.tenant(), Names.PARTICIPANT, call);
  }

  Future<Answer> ofProgram(Caller caller, Call call) {
    return list(caller.tenant(), Names.PROGRAM, call);
  }

  private Future<Answer> list(TenantId tenant, String kind, Call call) {
    HistorySearch search = Reader.read(call, HistorySearch::read);
    return holders
        .byId(tenant, kind, search.holder())
        .compose(holder -> balances.requireAsset(tenant, search.asset()).map(holder))
        .compose(holder -> stores.history().held(tenant, holder.id()))
        .map(held -> HistorySearch.only(held, search.asset(), search.bucket()))
        .compose(held -> page(tenant, search, held));
  }

  private Future<Answer> page(TenantId tenant, HistorySearch search, List<Held> held) {
    var pages = new PostingPages(stores.history());
    int limit = search.page().limit();
    return pages
        .span(tenant, held, search.from(), search.to())
        .compose(span -> pages.oldestFirst(tenant, span, search.page().after(), limit + 1))
        .compose(
            found ->
                writer(tenant, held)
                    .map(
                        writer ->
                            Slice.of(found.lines(), limit)
                                .answer(
                                    search.page(),
                                    line -> PostingPlace.parts(PostingPages.Place.of(line)),
                                    writer)));
  }

  private Future<BiConsumer<JsonWriter, Line>> writer(TenantId tenant, List<Held> held) {
    Map<Long, Held> accounts =
        held.stream().collect(Collectors.toMap(Held::number, Function.identity()));
    List<AssetId> ids = held.stream().map(Held::asset).distinct().toList();
    return services
        .assets()
        .findAll(tenant, ids)
        .map(assets -> (json, line) -> write(json, line, accounts.get(line.account()), assets));
  }

  private static void write(JsonWriter json, Line line, Held account, Map<AssetId, Asset> assets) {
    json.uuid(EntryDetail.ASSET, account.asset().value());
    write(json, line, account, AssetRules.of(assets.get(account.asset())));
  }

  /** The members of a posting's row that all lists of postings have. */
  static void write(JsonWriter json, Line line, Held account, AssetRules asset) {
    json.text("action_type", Action.of(line.kind()).orElseThrow().name())
        .text("amount", asset.text(line.amount()))
        .text(Reader.BUCKET_NAME, account.bucket().name())
        .time("created_at", line.createdAt())
        .uuid("created_by_api_key_id", line.credential().orElse(null))
        .text(EntryDetail.DESCRIPTION, EntryDetail.parse(line.detail()).description())
        .uuid("journal_entry_id", line.transfer().value());
  }
}
