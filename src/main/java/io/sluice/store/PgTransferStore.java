package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.data.Numeric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The record of what moved, in PostgreSQL. */
public final class PgTransferStore implements TransferStore {
  /** As in the column transfer.status. */
  private static final short POSTED = 0;

  /**
   * A transfer's columns and its postings in their order: one row for a receipt, however many
   * postings it has. To follow a FROM that names the transfer {@code t}.
   */
  public static final String RECEIPT =
      """
      SELECT t.id, t.kind, t.status, t.created_at, t.detail,
             p.account_ids, p.sequences, p.amounts, p.balances
      """;

  /** The accounts of a refused transfer are there, too, without all else. */
  public static final String POSTINGS =
      """
      CROSS JOIN LATERAL (
        SELECT array_agg(named.id ORDER BY line.place) AS account_ids,
               array_agg(line.sequence ORDER BY line.place) AS sequences,
               array_agg(line.amount ORDER BY line.place) AS amounts,
               array_agg(line.balance ORDER BY line.place) AS balances
          FROM (SELECT 1 AS place, t.debit_account AS account, t.debit_sequence AS sequence,
                       -t.amount AS amount, t.debit_balance AS balance
                 WHERE t.debit_account IS NOT NULL
                UNION ALL
                SELECT 2, t.credit_account, t.credit_sequence, t.amount, t.credit_balance
                 WHERE t.debit_account IS NOT NULL
                UNION ALL
                SELECT listed.place, listed.account, made.sequence, made.amount, made.balance
                  FROM unnest(t.accounts, t.sequences)
                         WITH ORDINALITY AS listed (account, sequence, place)
                  LEFT JOIN LATERAL (
                    SELECT sequence, amount, balance FROM listed_posting
                     WHERE tenant_id = $1 AND account = listed.account
                       AND sequence = listed.sequence
                     LIMIT 1) AS made ON true) AS line
         CROSS JOIN LATERAL (
           SELECT id FROM account WHERE tenant_id = $1 AND number = line.account LIMIT 1) AS named
      ) AS p
      """;

  private static final String FIND =
      RECEIPT + " FROM transfer t " + POSTINGS + " WHERE t.tenant_id = $1 AND t.id = $2";

  private static final String FIND_BY_KEY =
      RECEIPT + " FROM transfer t " + POSTINGS + " WHERE t.tenant_id = $1 AND t.key = $2";

  private static final String LOT_MOVEMENTS =
      """
      SELECT m.lot_id, m.account_id, m.amount
        FROM lot_movement m
        JOIN lot l ON l.tenant_id = $1 AND l.id = m.lot_id
       WHERE m.tenant_id = $1 AND m.transfer_id = $2
       ORDER BY l.created_at, l.id
      """;

  private final Statements statements;

  public PgTransferStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  @Override
  public Future<Optional<Receipt>> find(TenantId tenant, TransferId id) {
    return statements.first(FIND, PgTransferStore::receipt, tenant.value(), id.value());
  }

  /** Whole transfers with who asked for them, in no particular order. */
  public static Future<List<StoredTransfer>> findAll(
      Statements statements, TenantId tenant, UUID[] ids) {
    return statements.all(BooksSql.FIND_TRANSFERS, PgTransferStore::stored, tenant.value(), ids);
  }

  @Override
  public Future<Optional<Receipt>> findByKey(TenantId tenant, UUID keyDigest) {
    return statements.first(FIND_BY_KEY, PgTransferStore::receipt, tenant.value(), keyDigest);
  }

  @Override
  public Future<List<LotMovement>> lotMovements(TenantId tenant, TransferId id) {
    return statements.all(
        LOT_MOVEMENTS,
        row ->
            new LotMovement(
                new LotId(row.getUUID("lot_id")),
                new AccountId(row.getUUID("account_id")),
                Rows.amount(row, "amount")),
        tenant.value(),
        id.value());
  }

  /** A line of an account with what is told of its transfer. */
  public static AccountEntry entry(AccountId account, Row row) {
    return new AccountEntry(
        new Posting(
            account,
            row.getLong("sequence"),
            Rows.amount(row, "amount"),
            Rows.amount(row, "balance")),
        new TransferId(row.getUUID("id")),
        row.getString("kind"),
        Rows.instant(row, "created_at"),
        row.getString("detail"));
  }

  /** A row of {@link #RECEIPT} as a receipt. */
  public static Receipt receipt(Row row) {
    boolean posted = row.getShort("status") == POSTED;
    return new Receipt(
        new TransferId(row.getUUID("id")),
        row.getString("kind"),
        posted,
        Rows.instant(row, "created_at"),
        row.getString("detail"),
        posted ? postings(row) : List.of());
  }

  /** A row of {@link #RECEIPT}, of the key and the credential, as a transfer. */
  static StoredTransfer stored(Row row) {
    // One that was refused before it named any account has none.
    List<AccountId> parties =
        Optional.ofNullable(row.getArrayOfUUIDs("account_ids")).stream()
            .flatMap(Arrays::stream)
            .map(AccountId::new)
            .toList();
    Optional<IdempotencyKey> key =
        Optional.ofNullable(row.getUUID("key"))
            .map(digest -> new IdempotencyKey(digest, row.getUUID("fingerprint")));
    CredentialNumber credential =
        Optional.ofNullable(row.getInteger("credential"))
            .map(CredentialNumber::new)
            .orElse(CredentialNumber.NONE);
    return new StoredTransfer(receipt(row), parties, credential, key);
  }

  private static List<Posting> postings(Row row) {
    UUID[] accounts = row.getArrayOfUUIDs("account_ids");
    if (accounts == null) {
      throw new IllegalStateException("a posted transfer names no account");
    }
    Long[] sequences = row.getArrayOfLongs("sequences");
    Numeric[] amounts = row.getArrayOfNumerics("amounts");
    Numeric[] balances = row.getArrayOfNumerics("balances");
    var postings = new ArrayList<Posting>(accounts.length);
    for (int i = 0; i < accounts.length; i++) {
      if (amounts[i] == null) {
        throw new IllegalStateException("a posted transfer lists a posting that does not exist");
      }
      Amount amount = Rows.amount(amounts[i]);
      Amount balance = Rows.amount(balances[i]);
      postings.add(new Posting(new AccountId(accounts[i]), sequences[i], amount, balance));
    }
    return postings;
  }
}
