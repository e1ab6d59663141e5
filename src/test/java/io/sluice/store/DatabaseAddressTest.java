package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.DatabaseLimits;
import io.vertx.pgclient.SslMode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @Test
  void readsEveryPartOfAUrl() {
    // When
    Database database =
        url("postgresql://us%40er:p%3Aa%2Fss+w@db_1.example:6543/my%20books?sslmode=require");

    // Then
    assertThat(database.user()).isEqualTo("us@er");
    assertThat(database.password()).contains("p:a/ss+w");
    assertThat(database.host()).isEqualTo("db_1.example");
    assertThat(database.port()).isEqualTo(6543);
    assertThat(database.name()).isEqualTo("my books");
    assertThat(database.sslMode()).isEqualTo(SslMode.REQUIRE);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://u@h/d,           h,   5432, d",
    "postgres://u@h:1/d,         h,      1, d",
    "POSTGRES://u@h,             h,   5432, u",
    "postgresql://u@/d,  localhost,   5432, d",
    "postgres://u@[::1]:77/d,  ::1,     77, d",
    "postgres://u@[::1]/d,     ::1,   5432, d",
    "postgres://u:p@w@h/d,       h,   5432, d",
  })
  void fillsInWhatIsLeftOut(String url, String host, int port, String name) {
    // When
    Database database = url(url);

    // Then
    assertThat(database.host()).isEqualTo(host);
    assertThat(database.port()).isEqualTo(port);
    assertThat(database.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hidden@h/d",
        "postgres://u:hidden@h:0/d",
        "postgres://u:hidden@h:70000/d",
        "postgres://u:hidden@h:x/d",
        "postgres://u:hidden@h/d?sslmode=maybe",
        "postgres://u:hidden@h/d?sslmode=verify-full",
        "postgres://u:hidden@h/d?colour=red",
        "postgres://u:hidden%ZZ@h/d",
        "postgres://u:12/hidden@h/d",
        "postgres://u:x?hidden@h/d",
        "postgres://u:x?a&hidden=b@h/d",
        "postgres://u@h/d?hidden=1",
        "host=h password=hidden",
        "jdbc:postgresql://u:hidden@h/d",
        "postgres://u:hidden@h1:1,h2:x/d",
        "postgres://u:hidden@h1,%2Fvar%2Frun/d",
        "postgres://u:hidden@h/d?target_session_attrs=standby",
        "postgres://u:hidden@%2Fvar%2Frun/d",
      })
  void refusesWhatItCannotUseWithoutRepeatingThePassword(String url) {
    // When / Then
    assertThatThrownBy(() -> url(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hidden")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?target_session_attrs=read-write", "?target_session_attrs=primary"})
  void readsSeveralServers(String parameters) {
    // When
    Database database = url("postgres://u@one:1,two,[::1]:3/d" + parameters);

    // Then
    assertThat(database.servers())
        .containsExactly(new Server("one", 1), new Server("two", 5432), new Server("::1", 3));
    assertThat(database.toString()).contains("@one:1,two:5432,[::1]:3/d");
  }

  @ParameterizedTest
  @CsvSource({"'', 5432, 5432", "7, 7, 7", "'7,8', 7, 8"})
  void readsSeveralServersFromTheVariables(String ports, int first, int second) {
    // When
    Database database =
        environment(Map.of("PGHOST", "one,two", "PGPORT", ports, "PGUSER", "u")).orElseThrow();

    // Then
    assertThat(database.servers())
        .containsExactly(new Server("one", first), new Server("two", second));
  }

  @Test
  void refusesPortsThatBelongToNoHost() {
    // When / Then
    assertThatThrownBy(() -> environment(Map.of("PGHOST", "one,two,three", "PGPORT", "1,2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PGPORT names 2 ports for 3 hosts in PGHOST");
  }

  @Test
  void readsTheStandardVariables() {
    // Given
    Map<String, String> environment =
        Map.of(
            "PGHOST", "db",
            "PGPORT", "5433",
            "PGDATABASE", "books",
            "PGUSER", "keeper",
            "PGPASSWORD", "p%40",
            "PGSSLMODE", "disable");

    // When
    Database database = environment(environment).orElseThrow();

    // Then
    assertThat(database.toString()).isEqualTo("postgresql://keeper@db:5433/books?sslmode=disable");
    assertThat(database.password()).contains("p%40");
  }

  @Test
  void prefersTheUrlToTheVariables() {
    // When
    Database database =
        environment(Map.of("DATABASE_URL", "postgres://u@one/d", "PGHOST", "two")).orElseThrow();

    // Then
    assertThat(database.host()).isEqualTo("one");
  }

  @Test
  void findsNothingInAnEnvironmentThatNamesNoDatabase() {
    // When
    Optional<Database> database = environment(Map.of("PGSSLMODE", "require", "DATABASE_URL", " "));

    // Then
    assertThat(database).isEmpty();
  }

  private static Database url(String url) {
    return DatabaseAddress.fromUrl(url, DatabaseLimits.DEFAULTS);
  }

  private static Optional<Database> environment(Map<String, String> environment) {
    return DatabaseAddress.fromEnvironment(environment, DatabaseLimits.DEFAULTS);
  }
}
