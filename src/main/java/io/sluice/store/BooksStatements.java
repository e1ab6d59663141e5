package io.sluice.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The pipeline's statements, prepared on one connection before its first transaction. */
final class BooksStatements {
  /** One statement each. */
  enum Name {
    LOCK_NUMBERED_ACCOUNTS(BooksSql.LOCK_NUMBERED_ACCOUNTS),
    LOCK_ACCOUNTS(BooksSql.LOCK_ACCOUNTS),
    FIND_LOCKS(BooksSql.FIND_LOCKS),
    OPEN_ACCOUNTS(BooksSql.OPEN_ACCOUNTS),
    FIND_KEYS(BooksSql.FIND_KEYS),
    FIND_TRANSFERS(BooksSql.FIND_TRANSFERS),
    FIND_HOLDERS(BooksSql.FIND_HOLDERS),
    FIND_LOTS(BooksSql.FIND_LOTS),
    FIND_SELECTED_LOTS(BooksSql.FIND_SELECTED_LOTS),
    FIND_TAKEN_LOTS(BooksSql.FIND_TAKEN_LOTS),
    WALK_ANY_LOTS(BooksSql.WALK_ANY_LOTS),
    WALK_MARKED_LOTS(BooksSql.WALK_MARKED_LOTS),
    WALK_LOTS(BooksSql.WALK_LOTS),
    WALK_CHOSEN_LOTS(BooksSql.WALK_CHOSEN_LOTS),
    WRITE(BooksSql.WRITE),
    WRITE_LONG(BooksSql.WRITE_LONG),
    WRITE_TOLD(BooksSql.WRITE_TOLD),
    WRITE_TOLD_LONG(BooksSql.WRITE_TOLD_LONG),
    WRITE_LISTED(BooksSql.WRITE_LISTED),
    WRITE_LISTED_LONG(BooksSql.WRITE_LISTED_LONG),
    INSERT_LOTS(LotSql.INSERT_LOTS),
    INSERT_MARKED_LOTS(LotSql.INSERT_MARKED_LOTS),
    UPDATE_LOTS(LotSql.UPDATE_LOTS),
    UPDATE_MARKED_LOTS(LotSql.UPDATE_MARKED_LOTS),
    INSERT_LOT_MOVEMENTS(LotSql.INSERT_LOT_MOVEMENTS),
    INSERT_EVENTS(EventSql.INSERT);

    private final Forms forms;

    Name(String sql) {
      this(Forms.same(sql));
    }

    Name(Forms forms) {
      this.forms = forms;
    }

    /** The form for tables on one server, or on several nodes; empty where it has none there. */
    String sql(boolean citus) {
      return forms.of(citus);
    }
  }

  private final Map<Name, PreparedStatement> prepared;

  private BooksStatements(Map<Name, PreparedStatement> prepared) {
    this.prepared = prepared;
  }

  /** Prepares every statement, so that no transaction stalls on the first use of one. */
  static Future<BooksStatements> prepare(SqlConnection connection, boolean citus) {
    var prepared = new EnumMap<Name, PreparedStatement>(Name.class);
    List<Future<?>> all = new ArrayList<>();
    for (Name name : Name.values()) {
      String sql = name.sql(citus);
      if (!sql.isEmpty()) {
        all.add(connection.prepare(sql).onSuccess(s -> prepared.put(name, s)));
      }
    }
    return Future.all(all).map(done -> new BooksStatements(prepared));
  }

  /** Whether it can be executed here. */
  boolean has(Name name) {
    return prepared.containsKey(name);
  }

  Future<RowSet<Row>> execute(Name name, Tuple parameters) {
    return prepared.get(name).query().execute(parameters);
  }
}
