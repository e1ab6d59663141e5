package io.sluice.store;

import java.util.function.UnaryOperator;

/**
 * One database through two roles. They are the same where nobody set them apart.
 *
 * @param runtime serves: it can do what {@link Grants} says, and no more
 * @param owner makes and changes the schema
 */
public record DatabaseRoles(Database runtime, Database owner) {
  /** One role for all. */
  public static DatabaseRoles single(Database database) {
    return new DatabaseRoles(database, database);
  }

  /** Whether what serves may do less than what migrates. */
  public boolean areApart() {
    return !runtime.user().equals(owner.user());
  }

  /** The same for both roles. */
  public DatabaseRoles map(UnaryOperator<Database> change) {
    Database changed = change.apply(runtime);
    return new DatabaseRoles(changed, areApart() ? change.apply(owner) : changed);
  }

  /** The same server's other database. */
  public DatabaseRoles withName(String name) {
    return map(database -> database.withName(name));
  }
}
