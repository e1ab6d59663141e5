package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.scrip.Expirations;
import io.sluice.store.scrip.Expirations.Granularity;
import io.sluice.store.scrip.Expirations.Part;
import io.sluice.store.scrip.Expirations.Sum;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What will expire when: a report on the lots of participants and groups. */
record Schedules(Services services, ScripStores stores, Directory directory, Holders holders) {
  /** The most buckets of an asset, so that no answer grows beyond what anybody reads. */
  private static final int MAX_BUCKETS = 1_000;

  private static final Wanted<String> GRANULARITY =
      new Wanted.OneOf(Stream.of(Granularity.values()).map(Schedules::word).toList());

  private static String word(Granularity granularity) {
    return granularity.name().toLowerCase(Locale.ROOT);
  }

  private static ChronoUnit unit(Granularity granularity) {
    return switch (granularity) {
      case DAY -> ChronoUnit.DAYS;
      case WEEK -> ChronoUnit.WEEKS;
      case MONTH -> ChronoUnit.MONTHS;
    };
  }

  private static ZonedDateTime utc(Instant time) {
    return time.atZone(ZoneOffset.UTC);
  }

  private record Request(
      Instant from,
      Instant to,
      Granularity granularity,
      Optional<UUID> program,
      Optional<UUID> asset) {
    static Request read(Reader reader) {
      var request =
          new Request(
              reader.requiredQuery(HistorySearch.FROM, Reader.TIME),
              reader.requiredQuery(HistorySearch.TO, Reader.TIME),
              reader
                  .query("granularity", GRANULARITY)
                  .map(word -> Granularity.valueOf(word.toUpperCase(Locale.ROOT)))
                  .orElse(Granularity.MONTH),
              reader.query(EntryDetail.PROGRAM, Reader.ID),
              reader.query(EntryDetail.ASSET, Reader.ID));
      request.requireWindow(reader);
      return request;
    }

    private void requireWindow(Reader reader) {
      if (to.isBefore(from)) {
        reader.refuse(FieldError.invalid(HistorySearch.TO, "from or later", "is before from"));
      } else if (unit(granularity).between(utc(from), utc(to)) >= MAX_BUCKETS) {
        String rule = "is more than " + MAX_BUCKETS + " times the granularity after from";
        reader.refuse(FieldError.invalid(HistorySearch.TO, "an earlier time", rule));
      }
    }

    Expirations.Wanted at(Instant now) {
      return new Expirations.Wanted(
          from, to, granularity, now, asset.map(AssetId::new), program.map(HolderId::new));
    }
  }

  Future<Answer> get(Caller caller, Call call) {
    Request request = Reader.read(call, Request::read);
    TenantId tenant = caller.tenant();
    return holders
        .require(tenant, Names.PROGRAM, request.program())
        .compose(done -> requireLots(tenant, request.asset()))
        .compose(done -> stores.expirations().sums(tenant, request.at(services.now())))
        .compose(
            sums ->
                assets(tenant, sums, request.asset())
                    .map(
                        assets ->
                            Slice.whole(
                                assets, (json, asset) -> write(json, asset, request, sums))));
  }

  private Future<?> requireLots(TenantId tenant, Optional<UUID> asset) {
    return asset.isEmpty()
        ? Future.succeededFuture()
        : directory.asset(tenant, asset.get()).map(found -> Lots.lotAsset(asset.get(), found));
  }

  /** Those of which there is something, and the one that was asked for. */
  private Future<List<Asset>> assets(TenantId tenant, List<Sum> sums, Optional<UUID> asked) {
    List<AssetId> ids =
        Stream.concat(sums.stream().map(Sum::asset), asked.map(AssetId::new).stream())
            .distinct()
            .toList();
    return services
        .assets()
        .findAll(tenant, ids)
        .map(found -> ids.stream().map(found::get).toList());
  }

  private static void write(JsonWriter json, Asset asset, Request request, List<Sum> all) {
    List<Sum> sums = all.stream().filter(sum -> sum.asset().equals(asset.id())).toList();
    Map<Part, BigInteger> totals =
        sums.stream().collect(Collectors.toMap(Sum::part, Sum::units, BigInteger::add));
    List<Sum> buckets = sums.stream().filter(sum -> sum.part() == Part.WITHIN).toList();
    BigInteger outstanding = totals.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    json.uuid(EntryDetail.ASSET, asset.id().value())
        .text("asset_name", AssetDetail.parse(asset.detail()).name())
        .text("asset_symbol", asset.reference())
        .number("scale", asset.scale())
        .objects(
            "buckets", buckets, (each, sum) -> writeBucket(each, asset, request.granularity(), sum))
        .text("never_expiring", text(asset, totals, Part.NEVER))
        .text("expiring_before_window", text(asset, totals, Part.BEFORE))
        .text("expiring_after_window", text(asset, totals, Part.AFTER))
        .text("total_outstanding", text(asset, outstanding));
  }

  private static void writeBucket(JsonWriter json, Asset asset, Granularity granularity, Sum sum) {
    Instant start = sum.start().orElseThrow();
    json.time("bucket_start", start)
        .time("bucket_end", utc(start).plus(1, unit(granularity)).toInstant())
        .text("amount", text(asset, sum.units()))
        .number("lot_count", sum.lots());
  }

  private static String text(Asset asset, Map<Part, BigInteger> totals, Part part) {
    return text(asset, totals.getOrDefault(part, BigInteger.ZERO));
  }

  private static String text(Asset asset, BigInteger units) {
    return new BigDecimal(units, asset.scale()).toPlainString();
  }
}
