package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BUSINESSES;
import static io.sluice.dialect.orum.OrumTenant.PERSONS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of persons and businesses over HTTP. */
class CustomerListTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private static OrumTenant tenant;
  private static String first;

  @BeforeAll
  static void fill() {
    tenant = FIXTURE.tenant();
    first = tenant.person("p1", "Ada", "Lovelace");
    tenant.person("p2", "Rejected", "Person");
    tenant.person("p3", "ada", "Byron");
    tenant.business("b1", "Acme Inc.");
    tenant.business("b2", "Closed Business");
  }

  @ParameterizedTest
  @CsvSource({
    "'', p3 p2 p1",
    "?size=2, p3 p2",
    "?size=2&index=1, p1",
    "?size=0, ''",
    "?index=2147483647&size=500, ''",
    "?status=rejected, p2",
    "?status=rejected&status=verified, p3 p2 p1",
    "?status=created, ''",
    "?first_name=ADA, p3 p1",
    "?first_name=Ad, ''",
    "?first_name=Ada&last_name=byron, p3",
    "?last_name=Lovelace&status=rejected, ''",
    "?customer_reference_id=p2, p2",
    "?customer_reference_id=b1, ''",
    "?start_time=2020-01-01T00:00:00Z, p3 p2 p1",
    "?start_time=2020-01-01T00:00:00.000000%2B0000, p3 p2 p1",
    "?start_time=2020-01-01T00:00Z, p3 p2 p1",
    "?end_time=2020-01-01T00:00:00Z, ''",
    "?account_number=1234-5678, ''",
    "?id=00000000-0000-7000-8000-000000000000, ''"
  })
  void personsComeNewestFirst(String query, String expected) {
    assertThat(references(PERSONS + query, "/persons")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', b2 b1",
    "?legal_name=acme%20inc., b1",
    "?status=closed, b2",
    "?status=closed&status=verified&size=1&index=1, b1"
  })
  void businessesComeNewestFirst(String query, String expected) {
    assertThat(references(BUSINESSES + query, "/businesses")).isEqualTo(expected);
  }

  @Test
  void anIdFindsOne() {
    assertThat(references(PERSONS + "?id=" + first, "/persons")).isEqualTo("p1");
  }

  @ParameterizedTest
  @CsvSource({
    "index=-1, invalid_index",
    "size=501, invalid_size",
    "status=open, invalid_person_status",
    "status=closed&status=x, invalid_person_status",
    "start_time=yesterday, invalid_start_time",
    "end_time=2020-01-01, invalid_end_time",
    "first_name=4da, invalid_first_name",
    "last_name=, invalid_last_name",
    "account_number=123, invalid_account_number",
    "id=x, invalid_orum_id",
    "customer_reference_id=, invalid_customer_reference_id"
  })
  void aWrongParameterIsNamed(String query, String code) {
    assertThat(tenant.get(PERSONS + "?" + query).summary()).isEqualTo("400 " + code);
  }

  @Test
  void pagesShowNobodyTwiceWhoWasThereBefore() {
    // Given
    OrumTenant growing = FIXTURE.tenant();
    Stream.of("a", "b", "c", "d", "e", "f")
        .forEach(name -> growing.post(PERSONS, OrumTenant.personBody(name, "Ada", "L")));

    // When others appear between two pages
    String page = references(growing, PERSONS + "?size=2");
    growing.post(PERSONS, OrumTenant.personBody("g", "Ada", "L"));
    growing.post(PERSONS, OrumTenant.personBody("h", "Ada", "L"));

    // Then they push the rest along by as many
    assertThat(page).isEqualTo("f e");
    assertThat(references(growing, PERSONS + "?size=2&index=2")).isEqualTo("d c");
    assertThat(references(growing, PERSONS + "?size=2&index=3")).isEqualTo("b a");
  }

  private static String references(String path, String list) {
    return String.join(
        " ", tenant.get(path).json().at(list).findValuesAsText("customer_reference_id"));
  }

  private static String references(OrumTenant of, String path) {
    List<String> found =
        of.get(path).json().at("/persons").findValuesAsText("customer_reference_id");
    return String.join(" ", found);
  }
}
