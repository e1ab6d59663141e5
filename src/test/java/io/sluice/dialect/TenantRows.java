package io.sluice.dialect;

import io.sluice.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a database holds of a tenant, but for what the gateway does with it by itself. */
final class TenantRows {
  /** Books are sealed and events are delivered whoever asks for what. */
  private static final String TABLES =
      """
      SELECT c.table_name FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
         AND c.column_name = 'tenant_id'
         AND c.table_name NOT LIKE 'sealed%'
         AND c.table_name NOT IN ('event_delivery', 'event_fresh', 'event_tally')
       ORDER BY c.table_name
      """;

  private TenantRows() {}

  /** Each table's rows as texts. */
  static Map<String, List<String>> of(Database database, int tenant) {
    var rows = new TreeMap<String, List<String>>();
    try (Connection connection = database.dataSource().getConnection()) {
      for (String table : texts(connection, TABLES)) {
        String all = "SELECT t::text FROM %s t WHERE tenant_id = %d ORDER BY 1";
        rows.put(table, texts(connection, all.formatted(table, tenant)));
      }
      String own = "SELECT t::text FROM tenant t WHERE id = %d";
      rows.put("tenant", texts(connection, own.formatted(tenant)));
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    var texts = new ArrayList<String>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }
}
