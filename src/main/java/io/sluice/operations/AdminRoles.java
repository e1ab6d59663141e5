package io.sluice.operations;

import io.sluice.dialect.Operation;
import io.sluice.store.access.Administrator.Role;
import io.vertx.core.http.HttpMethod;

/** What each role may do. */
final class AdminRoles {
  /** The scope of operations that say who administrates, or that cannot be undone. */
  static final String OWNERS = "owner";

  private AdminRoles() {}

  static boolean allows(Role role, Operation<?> operation) {
    return switch (role) {
      case OWNER -> true;
      case OPERATOR -> !operation.scope().equals(OWNERS);
      case READER -> operation.method() == HttpMethod.GET && !operation.scope().equals(OWNERS);
    };
  }
}
