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
  private static final long BALANCE = 1_000_000_000_000L;

  /** Each account's number is PostgreSQL's to give. */
  private static final String OPENINGS =
      """
      INSERT INTO transfer (tenant_id, status, created_at, id, debit_account, credit_account,
                            debit_sequence, credit_sequence, amount, debit_balance,
                            credit_balance, kind, detail)
      SELECT tenant_id, 0, now(), gen_random_uuid(), payer, payee, place, 1, balance,
             -balance * place, balance, 'loadtest.opening', '{}'
        FROM (SELECT payee.tenant_id, payer.number AS payer, payee.number AS payee,
                     payee.balance, row_number() OVER (ORDER BY payee.number) AS place
                FROM account payee
                JOIN account payer
                  ON payer.tenant_id = payee.tenant_id AND payer.asset_id = payee.asset_id
                     AND payer.kind = 2
               WHERE payee.tenant_id = %d AND payee.kind = 0) opened
      """;

  private final Database database;

  PipelineAccounts(Database database) {
    this.database = database;
  }

  /** A new tenant's accounts; every opening balance is a transfer out of one system account. */
  List<AccountRef> create(TenantId tenant, int count) throws SQLException {
    List<AccountRef> accounts = add(tenant, count);
    vacuum();
    return accounts;
  }

  /** The same, when more are to come before anything is measured. */
  List<AccountRef> add(TenantId tenant, int count) throws SQLException {
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
      try (Statement statement = connection.createStatement()) {
        // Without it a server that knows of none of them looks at all of them for each.
        statement.execute("ANALYZE account");
        statement.execute(OPENINGS.formatted(tenant.value()));
      }
      connection.commit();
    }
    return accounts;
  }

  private void vacuum() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    }
  }

  private static final class Writer {
    private final TenantId tenant;
    private final AssetId asset;
    private final PreparedStatement holders;
    private final PreparedStatement accounts;
    private final HolderId system = new HolderId(UUID.randomUUID());
    private int pending;

    Writer(Connection connection, TenantId tenant, AssetId asset, int count) throws SQLException {
      this.tenant = tenant;
      this.asset = asset;
      holders = connection.prepareStatement(HOLDER);
      accounts = connection.prepareStatement(ACCOUNT);
      AccountRef systemAccount = AccountRef.available(system, asset);
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
      holder(holder);
      accounts.setInt(1, tenant.value());
      accounts.setObject(2, ref.id().value());
      accounts.setObject(3, holder.value());
      accounts.setObject(4, asset.value());
      accounts.setLong(5, BALANCE);
      accounts.addBatch();
      if (++pending == ROWS_A_BATCH) {
        finish();
      }
      return ref;
    }

    void finish() throws SQLException {
      holders.executeBatch();
      accounts.executeBatch();
      pending = 0;
    }
  }
}
