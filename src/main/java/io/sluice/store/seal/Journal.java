package io.sluice.store.seal;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.seal.Hash;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tenant's transfers of all dialects in the order in which they were sealed, which only grows at
 * its end. A page costs what is on it.
 */
public final class Journal {
  private static final String BLOCKS =
      """
      SELECT first_position, ids, hashes FROM sealed_block
       WHERE tenant_id = $1 AND first_position <= $3
         AND first_position >= (SELECT first_position FROM sealed_block
                                 WHERE tenant_id = $1 AND first_position <= $2
                                 ORDER BY first_position DESC LIMIT 1)
       ORDER BY first_position
      """;

  private static final String ACCOUNTS =
      """
      SELECT a.id, a.bucket, h.id AS holder_id, h.kind AS holder_kind, h.reference AS holder,
             s.id AS asset_id, s.kind AS asset_kind, s.reference AS asset, s.scale
        FROM account a
        JOIN holder h ON h.tenant_id = $1 AND h.id = a.holder_id
        JOIN asset s ON s.tenant_id = $1 AND s.id = a.asset_id
       WHERE a.tenant_id = $1 AND a.id = ANY($2::uuid[])
      """;

  private static final String CREDENTIALS =
      "SELECT number, id, type, label FROM credential"
          + " WHERE tenant_id = $1 AND number = ANY($2::integer[])";

  private final Statements statements;

  public Journal(Pools pools) {
    statements = pools.lists();
  }

  /** Somebody or something that accounts are of, as its dialect knows it. */
  public record Party(UUID id, String kind, String reference) {
    private static Party of(Row row, String name) {
      return new Party(
          row.getUUID(name + "_id"), row.getString(name + "_kind"), row.getString(name));
    }
  }

  /** Whose account of what it is. */
  public record Account(AccountId id, Party holder, Party asset, int scale, Bucket bucket) {
    private static Account of(Row row) {
      return new Account(
          new AccountId(row.getUUID("id")),
          Party.of(row, "holder"),
          Party.of(row, "asset"),
          row.getShort("scale"),
          Rows.bucket(row));
    }
  }

  /** Which credential asked. */
  public record Asker(CredentialNumber number, UUID id, String type, String label) {
    private static Asker of(Row row) {
      return new Asker(
          new CredentialNumber(row.getInteger("number")),
          row.getUUID("id"),
          row.getString("type"),
          row.getString("label"));
    }
  }

  /**
   * An entry of the books.
   *
   * @param position counted from 0
   * @param hash chained to that of the entry before
   */
  public record Line(long position, Hash hash, StoredTransfer transfer) {}

  /**
   * Entries one after the other.
   *
   * @param accounts all that the lines name
   * @param askers all credentials that the lines name
   */
  public record Page(
      List<Line> lines, Map<AccountId, Account> accounts, Map<CredentialNumber, Asker> askers) {}

  private record Place(UUID id, long position, Hash hash) {
    private static List<Place> all(Row row) {
      UUID[] ids = row.getArrayOfUUIDs("ids");
      Hash[] hashes = Hash.all(Head.bytes(row, "hashes"));
      long first = row.getLong("first_position");
      return IntStream.range(0, ids.length)
          .mapToObj(i -> new Place(ids[i], first + i, hashes[i]))
          .toList();
    }
  }

  /**
   * Reads on from a position, as far as the books are sealed.
   *
   * @param from 0 or more
   * @param limit 1 or more
   */
  public Future<Page> read(TenantId tenant, long from, int limit) {
    long last = Math.addExact(from, limit - 1);
    return statements
        .all(BLOCKS, Place::all, tenant.value(), from, last)
        .map(
            blocks ->
                blocks.stream()
                    .flatMap(List::stream)
                    .filter(place -> place.position() >= from && place.position() <= last)
                    .toList())
        .compose(places -> lines(tenant, places))
        .compose(lines -> page(tenant, lines));
  }

  private Future<List<Line>> lines(TenantId tenant, List<Place> places) {
    return PgTransferStore.findAll(statements, tenant, Rows.uuids(places, Place::id))
        .map(found -> by(found, transfer -> transfer.receipt().id().value()))
        .map(
            found ->
                places.stream()
                    .map(place -> new Line(place.position(), place.hash(), found.get(place.id())))
                    .toList());
  }

  private Future<Page> page(TenantId tenant, List<Line> lines) {
    List<AccountId> accounts =
        lines.stream().flatMap(line -> line.transfer().parties().stream()).distinct().toList();
    Integer[] askers =
        lines.stream()
            .map(line -> line.transfer().credential().value())
            .distinct()
            .toArray(Integer[]::new);
    return Future.all(
            statements.all(
                ACCOUNTS, Account::of, tenant.value(), Rows.uuids(accounts, AccountId::value)),
            statements.all(CREDENTIALS, Asker::of, tenant.value(), askers))
        .map(
            both ->
                new Page(
                    lines,
                    by(both.<List<Account>>resultAt(0), Account::id),
                    by(both.<List<Asker>>resultAt(1), Asker::number)));
  }

  private static <K, V> Map<K, V> by(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }
}
