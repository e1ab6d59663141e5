package io.sluice.loadtest;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes accounts by bulk insert, balances included, for the pipeline alone and for tests of growth.
 */
final class PipelineAccounts {
  private static final int ROWS_A_BATCH = 10_000;
  private static final String HOLDER =
      "INSERT INTO holder VALUES (?, ?, 'loadtest', ?, 0, '{}', now(), now())";
  private static final String ACCOUNT =
      "INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor,"
          + " balance, sequence, updated_at) VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?, 1, now())";
  private static final String POSTING = "INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?)";
  private static final String TRANSFER =
      "INSERT INTO transfer VALUES (?, ?, 'loadtest.opening', 0, now(), NULL, NULL, '{}', ?, ?)";
  private static final long BALANCE = 1_000_000_000_000L;

  private final Database database;

  PipelineAccounts(Database database) {
    this.database = database;
  }

  /** A new tenant's accounts; every opening balance is a transfer out of one system account. */
  List<AccountRef> create(TenantId tenant, int count) throws SQLException {
    var asset = new AssetId(UUID.randomUUID());
    var accounts = new ArrayList<AccountRef>(count);
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "INSERT INTO tenant (id, name) VALUES (%d, 'loadtest-%d')"
                .formatted(tenant.value(), tenant.value()));
        statement.execute(
            "INSERT INTO asset VALUES (%d, '%s', 'loadtest', 'USD', 2, false, 0, '{}', now(), now())"
                .formatted(tenant.value(), asset.value()));
      }
      var writer = new Writer(connection, tenant, asset, count);
      for (int i = 0; i < count; i++) {
        accounts.add(writer.add());
      }
      writer.finish();
      connection.commit();
    }
    vacuum();
    return accounts;
  }

  private void vacuum() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    }
  }

  private static final class Writer {
    private final Connection connection;
    private final TenantId tenant;
    private final AssetId asset;
    private final PreparedStatement holders;
    private final PreparedStatement accounts;
    private final PreparedStatement postings;
    private final PreparedStatement transfers;
    private final HolderId system = new HolderId(UUID.randomUUID());
    private final AccountRef systemAccount;
    private long systemSequence;
    private int pending;

    Writer(Connection connection, TenantId tenant, AssetId asset, int count) throws SQLException {
      this.connection = connection;
      this.tenant = tenant;
      this.asset = asset;
      holders = connection.prepareStatement(HOLDER);
      accounts = connection.prepareStatement(ACCOUNT);
      postings = connection.prepareStatement(POSTING);
      transfers = connection.prepareStatement(TRANSFER);
      systemAccount = AccountRef.available(system, asset);
      holder(system);
      holders.executeBatch();
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            ("INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor,"
                    + " balance, sequence, updated_at)"
                    + " VALUES (%d, '%s', '%s', '%s', 0, 2, 0, NULL, %d, %d, now())")
                .formatted(
                    tenant.value(),
                    systemAccount.id().value(),
                    system.value(),
                    asset.value(),
                    -BALANCE * count,
                    count));
      }
    }

    private void holder(HolderId id) throws SQLException {
      holders.setInt(1, tenant.value());
      holders.setObject(2, id.value());
      holders.setString(3, id.value().toString());
      holders.addBatch();
    }

    AccountRef add() throws SQLException {
      var holder = new HolderId(UUID.randomUUID());
      AccountRef ref = AccountRef.available(holder, asset);
      UUID transfer = UUID.randomUUID();
      holder(holder);
      accounts.setInt(1, tenant.value());
      accounts.setObject(2, ref.id().value());
      accounts.setObject(3, holder.value());
      accounts.setObject(4, asset.value());
      accounts.setLong(5, BALANCE);
      accounts.addBatch();
      systemSequence++;
      posting(systemAccount, systemSequence, transfer, -BALANCE, -BALANCE * systemSequence);
      posting(ref, 1, transfer, BALANCE, BALANCE);
      transfer(ref, transfer);
      if (++pending == ROWS_A_BATCH) {
        finish();
      }
      return ref;
    }

    private void posting(
        AccountRef account, long sequence, UUID transfer, long amount, long balance)
        throws SQLException {
      postings.setInt(1, tenant.value());
      postings.setObject(2, account.id().value());
      postings.setLong(3, sequence);
      postings.setObject(4, transfer);
      postings.setLong(5, amount);
      postings.setLong(6, balance);
      postings.addBatch();
    }

    private void transfer(AccountRef account, UUID transfer) throws SQLException {
      transfers.setInt(1, tenant.value());
      transfers.setObject(2, transfer);
      transfers.setArray(
          3,
          connection.createArrayOf(
              "uuid", new UUID[] {systemAccount.id().value(), account.id().value()}));
      transfers.setArray(4, connection.createArrayOf("bigint", new Long[] {systemSequence, 1L}));
      transfers.addBatch();
    }

    void finish() throws SQLException {
      holders.executeBatch();
      accounts.executeBatch();
      postings.executeBatch();
      transfers.executeBatch();
      pending = 0;
    }
  }
}
