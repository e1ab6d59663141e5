package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.store.DatabaseRoles;
import io.sluice.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class DatabaseReadinessTest {
  @Test
  void saysWhoMayMigrateWhenTheRoleThatServesMayNot() {
    try (TestDatabase test = TestDatabase.createEmpty()) {
      // Given
      assumeTrue(test.roles().areApart(), "the server that is named has one role for all");
      DatabaseRoles serving = DatabaseRoles.single(test.database());

      // When / Then
      assertThatThrownBy(() -> DatabaseReadiness.migrate(serving))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("cannot be migrated")
          .hasMessageContaining("database.migrate.url");
    }
  }

  @Test
  void needsOneRoleToServeWhatAnotherHasMigrated() {
    try (TestDatabase test = TestDatabase.create()) {
      // Given
      DatabaseRoles serving = DatabaseRoles.single(test.database());

      // When
      String version = DatabaseReadiness.migrate(serving);

      // Then
      assertThat(version).isNotEmpty();
    }
  }
}
