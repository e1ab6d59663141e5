package io.sluice.store;

import java.util.Optional;

/**
 * A table of things that have an id of their own within their tenant, and perhaps a name: what an
 * operator can look for by either. Its texts come from this program only.
 *
 * @param what a row is, in one word
 * @param name the table's; its key is {@code (tenant_id, id)}
 * @param kind the SQL that says of what kind a row is; {@code ''} where all are alike
 * @param reference the column of the name, unique within the tenant
 */
public record NamedTable(String what, String name, String kind, Optional<String> reference) {
  /** Whose rows are known by their ids alone. */
  public static NamedTable of(String what, String name) {
    return new NamedTable(what, name, "''", Optional.empty());
  }

  /** Whose rows have a name, too. */
  public static NamedTable of(String what, String name, String reference) {
    return new NamedTable(what, name, "''", Optional.of(reference));
  }

  /** Whose rows are of several kinds. */
  static NamedTable ofKinds(String what, String name, String kind) {
    return new NamedTable(what, name, kind, Optional.empty());
  }

  /** Along the table's key; {@code $1} are tenants, {@code $2} is the id. */
  String byId() {
    return row("id") + " AND id = $2";
  }

  /** Along the unique key of the names; {@code $2} is the name. */
  Optional<String> byReference() {
    return reference.map(column -> row("reference") + " AND " + column + " = $2");
  }

  private String row(String by) {
    return "SELECT '%s' AS what, '%s' AS found_by, tenant_id, id, %s AS kind FROM %s"
            .formatted(what, by, kind, name)
        + " WHERE tenant_id = ANY($1)";
  }
}
