package io.sluice.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.PgTenantStore;
import io.sluice.testing.Await;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows the table of credentials takes, whatever types the dialects bring. */
class CredentialShapeTest {
  private static final String CHECK_VIOLATION = "23514";
  private static final String INSERT =
      "INSERT INTO credential (tenant_id, id, type, label, name, secret_hash, password_hash,"
          + " expires_at, issuer, created_at) VALUES ($1, $2, 'of-a-provider-to-come', $3, $4,"
          + " CASE WHEN $5 THEN sha256('x') END, CASE WHEN $6 THEN 'argon2' END,"
          + " CASE WHEN $7 THEN now() END, CASE WHEN $8 THEN 'https://id.example' END, now())";

  private static TestDatabase database;
  private static Vertx vertx;
  private static Pool pool;
  private static int tenant;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    vertx = Vertx.vertx();
    pool = database.rawPool(vertx);
    tenant =
        Await.result(new PgTenantStore(database.pools(vertx)).create("t"))
            .orElseThrow()
            .id()
            .value();
  }

  @AfterAll
  static void close() {
    Await.result(vertx.close());
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "     , true,  false, false, false, taken",
    "name , true,  false, false, false, taken",
    "name , false, true,  false, false, taken",
    "name , false, false, true,  false, taken",
    "     , false, false, false, false, refused",
    "name , false, false, false, false, refused",
    "     , false, true,  false, false, refused",
    "     , false, false, true,  false, refused",
    "name , false, false, false, true,  taken",
    "name , true,  false, false, true,  refused",
    "name , false, true,  false, true,  refused",
    "name , false, false, true,  true,  refused",
    "name , true,  true,  false, false, refused",
    "name , true,  false, true,  false, refused",
    "name , false, true,  true,  false, refused",
    "     , true,  true,  true,  false, refused"
  })
  void takesASecretOrANameWithOneOfSecretPasswordEndAndIssuer(
      String name, boolean secret, boolean password, boolean end, boolean issuer, String expected) {
    // Given
    UUID id = UUID.randomUUID();
    Tuple row =
        Tuple.of(tenant, id, id.toString(), name == null ? null : id.toString())
            .addBoolean(secret)
            .addBoolean(password)
            .addBoolean(end)
            .addBoolean(issuer);

    // When
    String outcome =
        Await.result(
            pool.preparedQuery("DELETE FROM credential")
                .execute()
                .compose(empty -> pool.preparedQuery(INSERT).execute(row))
                .map("taken")
                .otherwise(CredentialShapeTest::refusal));

    // Then
    assertThat(outcome).isEqualTo(expected);
  }

  private static String refusal(Throwable failure) {
    return failure instanceof PgException refused && refused.getSqlState().equals(CHECK_VIOLATION)
        ? "refused"
        : failure.toString();
  }
}
