package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who and what some transfers name, as their dialects know it.
 *
 * @param accounts all that the transfers name
 * @param askers all credentials that the transfers name
 */
public record Particulars(Map<AccountId, Account> accounts, Map<CredentialNumber, Asker> askers) {
  /** What {@link Account} is read from; to follow a SELECT of which more columns may be wanted. */
  static final String ACCOUNT_COLUMNS =
      """
      a.id, a.bucket, a.kind, h.id AS holder_id, h.kind AS holder_kind, h.reference AS holder,
      s.id AS asset_id, s.kind AS asset_kind, s.reference AS asset, s.scale
      """;

  /** The tenant is the first parameter. */
  static final String ACCOUNT_TABLES =
      """
        FROM account a
        JOIN holder h ON h.tenant_id = $1 AND h.id = a.holder_id
        JOIN asset s ON s.tenant_id = $1 AND s.id = a.asset_id
       WHERE a.tenant_id = $1
      """;

  private static final String ACCOUNTS =
      "SELECT " + ACCOUNT_COLUMNS + ACCOUNT_TABLES + " AND a.id = ANY($2::uuid[])";

  private static final String CREDENTIALS =
      "SELECT number, id, type, label FROM credential"
          + " WHERE tenant_id = $1 AND number = ANY($2::integer[])";

  /** Somebody or something that accounts are of, as its dialect knows it. */
  public record Party(UUID id, String kind, String reference) {
    private static Party of(Row row, String name) {
      return new Party(
          row.getUUID(name + "_id"), row.getString(name + "_kind"), row.getString(name));
    }
  }

  /** Whose account of what it is. */
  public record Account(
      AccountId id, Party holder, Party asset, int scale, Bucket bucket, AccountKind kind) {
    static Account of(Row row) {
      return new Account(
          new AccountId(row.getUUID("id")),
          Party.of(row, "holder"),
          Party.of(row, "asset"),
          row.getShort("scale"),
          Rows.bucket(row),
          AccountKind.ofCode(row.getShort("kind")));
    }

    /** The account as commands name it. */
    public AccountRef ref() {
      return new AccountRef(id, new HolderId(holder.id()), new AssetId(asset.id()), bucket, kind);
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

  /** Looks up all that the transfers name. */
  public static Future<Particulars> of(
      Statements statements, TenantId tenant, Collection<StoredTransfer> transfers) {
    List<AccountId> accounts =
        transfers.stream().flatMap(each -> each.parties().stream()).distinct().toList();
    Integer[] askers =
        transfers.stream()
            .map(each -> each.credential().value())
            .distinct()
            .toArray(Integer[]::new);
    return Future.all(
            statements.all(
                ACCOUNTS, Account::of, tenant.value(), Rows.uuids(accounts, AccountId::value)),
            statements.all(CREDENTIALS, Asker::of, tenant.value(), askers))
        .map(
            both ->
                new Particulars(
                    by(both.<List<Account>>resultAt(0), Account::id),
                    by(both.<List<Asker>>resultAt(1), Asker::number)));
  }

  private static <K, V> Map<K, V> by(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }
}
