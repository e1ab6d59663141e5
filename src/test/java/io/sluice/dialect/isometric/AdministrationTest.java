package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.store.access.TenantRate;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdministrationTest {
  private static final String LOCATION =
      "{\"country_code\":\"ISL\",\"country_name\":\"Iceland\",\"description\":\"A\","
          + "\"latitude\":63.9,\"longitude\":-21.5}";

  private final IsometricWorld world = IsometricWorld.create();

  private String issuance(String reference, String batches) {
    return "{\"reference\":\"%s\",\"project_id\":\"%s\",\"credit_batches\":[%s]}"
        .formatted(reference, world.project(), batches);
  }

  private static String batch(String kilograms) {
    return "{\"credit_quantity_kg\":" + kilograms + ",\"sequestered_on\":\"2023-12-31\"}";
  }

  private static void assertDetail(Reply reply, int status, String detail) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.json().get("detail").textValue()).isEqualTo(detail);
  }

  @Test
  void issuesOnceForEachReference() {
    // Given
    String body = issuance(UUID.randomUUID().toString(), batch("700") + "," + batch("300"));
    Reply first = world.administer("/issuances", body);
    assertThat(first.status()).as(first.toString()).isEqualTo(200);

    // When
    Reply again = world.administer("/issuances", body);

    // Then
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(world.kilograms(world.seller())).isEqualTo(1_000);
    assertThat(first.text())
        .contains("\"credit_batch_size_total\":{\"credits\":1,\"credit_kgs\":1000}");
  }

  @Test
  void refusesAReferenceOfAnotherIssuance() {
    // Given
    world.administer("/issuances", issuance("once", batch("700")));

    // When
    Reply reply = world.administer("/issuances", issuance("once", batch("701")));

    // Then
    assertDetail(reply, 409, "Reference 'once' was used with a different request");
    assertThat(world.kilograms(world.seller())).isEqualTo(700);
  }

  @Test
  void numbersAProjectsUnitsWithoutGaps() {
    // When
    List<String> first = world.issue(1_000, 500);
    List<String> second = world.issue(10);

    // Then
    assertThat(serial(first.get(0))).isEqualTo("ISO-1-SUP0-GBR-AB12-2024-0-1000");
    assertThat(serial(first.get(1))).isEqualTo("ISO-1-SUP0-GBR-AB12-2024-1000-1500");
    assertThat(serial(second.get(0))).isEqualTo("ISO-1-SUP0-GBR-AB12-2024-1500-1510");
  }

  private String serial(String id) {
    return world.batch(id).get("serial_number").textValue();
  }

  @Test
  void keepsWhatIsSaidOfABatch() {
    // Given
    String whole =
        """
        {"credit_quantity_kg":5,"sequestered_on":"2023-12-31","ccp_approved":true,
         "carbon_removal_data":{"gross_carbon_removed_kg":9,"net_carbon_removed_kg":5,
         "emissions_kg":2,"counterfactuals_kg":1,"losses_kg":1}}\
        """;
    String body =
        issuance("data", whole)
            .replace(
                "{\"reference\"", "{\"issued_at\":\"2024-05-06T07:08:09+02:00\",\"reference\"");

    // When
    Reply reply = world.administer("/issuances", body);

    // Then
    JsonNode shown = world.batch(reply.json().at("/credit_batches/0/id").textValue());
    assertThat(shown.get("carbon_removal_data").toString())
        .isEqualTo(
            "{\"gross_carbon_removed_kg\":9,\"net_carbon_removed_kg\":5,\"emissions_kg\":2,"
                + "\"counterfactuals_kg\":1,\"losses_kg\":1}");
    assertThat(shown.get("ccp_approved").booleanValue()).isTrue();
    assertThat(shown.get("issued_at").textValue()).isEqualTo("2024-05-06T05:08:09.000000Z");
    assertThat(shown.get("serial_number").textValue()).contains("-2023-");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"0, greater_than", "-1, greater_than", "1.5, int_from_float", "`\"1\"`, int_type"})
  void refusesQuantitiesThatDoNotFit(String quantity, String type) {
    Reply reply = world.administer("/issuances", issuance("bad", batch(quantity)));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/type").textValue()).isEqualTo(type);
  }

  @Test
  void refusesIssuancesThatBreakARule() {
    String tooMuch = batch("1000000000000001");
    String tooMany = (batch("1") + ",").repeat(IssuanceRequest.MAX_BATCHES) + batch("1");

    assertDetail(
        world.administer("/issuances", issuance("a", tooMuch)),
        400,
        "No quantity may be larger than 1000000000000000 kg");
    assertDetail(
        world.administer("/issuances", issuance("b", "")),
        400,
        "credit_batches must have 1 to 500 entries");
    assertDetail(
        world.administer("/issuances", issuance("c", tooMany)),
        400,
        "credit_batches must have 1 to 500 entries");
    assertDetail(
        world.administer(
            "/issuances", issuance("d", batch("1")).replace(world.project(), "prj" + NOBODY)),
        400,
        "Could not find 'Project' with IDs 'prj" + NOBODY + "'");
    assertThat(world.kilograms(world.seller())).isZero();
  }

  @Test
  void registersOnceForEachReference() {
    // Given
    String body = "{\"reference\":\"r\",\"name\":\"N\",\"domain\":\"n.example\"}";
    Reply first = world.administer("/organisations", body);

    // When
    Reply same = world.administer("/organisations", body);
    Reply other = world.administer("/organisations", body.replace("\"N\"", "\"M\""));

    // Then
    assertThat(same.body()).isEqualTo(first.body());
    assertDetail(other, 409, "Reference 'r' was used with a different request");
  }

  @Test
  void registersAProjectOnceForEachShortCode() {
    // Given
    String body =
        """
        {"supplier_id":"%s","name":"P","short_code":"P1","pathway":"direct_air_capture",\
        "country_code":"ISL","location":%s}\
        """
            .formatted(world.supplier(), LOCATION);
    Reply first = world.administer("/projects", body);

    // When
    Reply same = world.administer("/projects", body);
    Reply other = world.administer("/projects", body.replace("direct_air_capture", "marine"));
    Reply elsewhere = world.administer("/projects", body.replace("63.9", "63.8"));

    // Then
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(same.body()).isEqualTo(first.body());
    assertThat(first.json().get("pathway").textValue()).isEqualTo("direct_air_capture");
    assertThat(first.json().get("location").toString()).isEqualTo(LOCATION);
    assertDetail(other, 409, "Reference 'P1' was used with a different request");
    assertDetail(elsewhere, 409, "Reference 'P1' was used with a different request");
  }

  private String supplier(String code, String more) {
    return supplier(world.buyer().id(), code, more);
  }

  private static String supplier(String organisation, String code, String more) {
    return "{\"organisation_id\":\"%s\",\"code\":\"%s\"%s}".formatted(organisation, code, more);
  }

  @Test
  void registersAnOrganisationAsOneSupplierOnly() {
    // When
    Reply reply = world.administer("/suppliers", supplier(world.seller().id(), "OTHER", ""));

    // Then
    assertDetail(reply, 409, "The organisation is a supplier already, under another code");
  }

  @Test
  void registersASupplierOnceForEachCode() {
    // Given
    Reply first = world.administer("/suppliers", supplier("MOMBA", ""));

    // When
    Reply same = world.administer("/suppliers", supplier("MOMBA", ""));
    Reply other = world.administer("/suppliers", supplier("MOMBA", ",\"short_description\":\"x\""));

    // Then
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(same.body()).isEqualTo(first.body());
    assertDetail(other, 409, "Reference 'MOMBA' was used with a different request");
  }

  @Test
  void showsALocationWithAllMembers() {
    // When
    Reply whole = world.administer("/suppliers", supplier("WHOLE", ",\"location\":" + LOCATION));
    Reply without =
        world.administer(
            "/suppliers",
            supplier(
                world.newOrganisation("Third", "third.example").id(),
                "SHORT",
                ",\"location\":" + LOCATION.replace("\"description\":\"A\",", "")));

    // Then
    assertThat(whole.json().get("location").toString()).isEqualTo(LOCATION);
    assertThat(without.json().get("location").toString())
        .isEqualTo(LOCATION.replace("\"A\"", "null"));
    Reply read =
        world.as(world.buyer()).get("/registry/v0/suppliers/" + whole.json().get("id").textValue());
    assertThat(read.body()).isEqualTo(whole.body());
  }

  @ParameterizedTest
  @CsvSource({
    "ISL, isl, string_pattern_mismatch, country_code",
    "ISL, IS, string_too_short, country_code",
    "Iceland, '', string_too_short, country_name",
    "63.9, 90.1, less_than_equal, latitude",
    "63.9, -90.1, greater_than_equal, latitude",
    "63.9, 1e400, less_than_equal, latitude",
    "-21.5, -181, greater_than_equal, longitude",
    "-21.5, true, float_type, longitude",
    "latitude, breadth, missing, latitude"
  })
  void refusesALocationThatDoesNotFit(String good, String bad, String type, String member) {
    // Given
    String location = LOCATION.replace(good, bad);

    // When
    Reply reply = world.administer("/suppliers", supplier("BAD", ",\"location\":" + location));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/type").textValue()).isEqualTo(type);
    assertThat(reply.json().at("/detail/0/loc").toString())
        .isEqualTo("[\"body\",\"location\",\"" + member + "\"]");
  }

  @Test
  void reportsOnDaysTheLastIncluded() {
    // Given
    String period =
        "{\"reporting_period_start_at\":\"2024-01-01\",\"reporting_period_end_at\":\"2024-03-31\",";
    String issued = "{\"issued_at\":\"2024-05-06T23:30:00-02:00\",";

    // When
    Reply said =
        world.administer("/issuances", issuance("a", batch("1")).replace("{\"r", period + "\"r"));
    Reply unsaid =
        world.administer("/issuances", issuance("b", batch("1")).replace("{\"r", issued + "\"r"));

    // Then
    assertThat(said.text())
        .contains(
            "\"reporting_period_start_at\":\"2024-01-01\","
                + "\"reporting_period_end_at\":\"2024-03-31\"");
    assertThat(unsaid.text())
        .contains(
            "\"reporting_period_start_at\":\"2024-05-07\","
                + "\"reporting_period_end_at\":\"2024-05-07\"");
  }

  @Test
  void refusesReportingPeriodsThatAreNone() {
    // Given
    String body = issuance("period", batch("1"));
    String time = "{\"reporting_period_start_at\":\"2024-01-01T00:00:00Z\",\"r";
    String backwards =
        "{\"reporting_period_start_at\":\"2024-01-02\",\"reporting_period_end_at\":\"2024-01-01\",\"r";

    // When
    Reply notADate = world.administer("/issuances", body.replace("{\"r", time));
    Reply reversed = world.administer("/issuances", body.replace("{\"r", backwards));

    // Then
    assertThat(notADate.status()).isEqualTo(422);
    assertThat(notADate.json().at("/detail/0/type").textValue()).isEqualTo("date_parsing");
    assertDetail(
        reversed, 400, "reporting_period_end_at must not be before reporting_period_start_at");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(world.administer("/organisations", "{}").status()).isEqualTo(422);
    assertThat(world.administer("/suppliers", "{\"organisation_id\":7}").status()).isEqualTo(422);
    assertThat(world.administer("/projects", "[]").status()).isEqualTo(422);
    assertThat(world.administer("/issuances", "{").status()).isEqualTo(422);
    assertDetail(
        world.administer("/suppliers", supplier("org" + NOBODY, "NEW", "")),
        400,
        "Could not find 'Organisation' with IDs 'org" + NOBODY + "'");
    Reply code =
        world.administer(
            "/projects",
            """
            {"supplier_id":"%s","name":"P","short_code":"a-b","pathway":"","country_code":"GB"}\
            """
                .formatted(world.supplier()));
    assertThat(code.status()).isEqualTo(422);
    assertThat(code.json().get("detail")).hasSize(3);
  }

  @Test
  void refusesListsOfTransfereesThatBreakARule() {
    String path = "/organisations/" + world.seller().id() + "/transferees";
    String own = "{\"organisation_ids\":[\"" + world.seller().id() + "\"]}";
    String nobody = "{\"organisation_ids\":[\"org" + NOBODY + "\"]}";

    assertDetail(
        world.administer("PUT", path, own), 400, "An organisation is no transferee of itself");
    assertDetail(
        world.administer("PUT", path, nobody),
        400,
        "Could not find 'Organisation' with IDs 'org" + NOBODY + "'");
    assertThat(world.administer("PUT", path, "{\"organisation_ids\":7}").status()).isEqualTo(422);
  }

  @Test
  void keepsTenantsApart() {
    // Given
    var other = IsometricWorld.create();

    // Then: another tenant's administrator does not find this one's things
    assertThat(other.administer("/suppliers", supplier("NEW", "")).status()).isEqualTo(400);
    assertDetail(
        other.administer("/issuances", issuance("x", batch("1"))),
        400,
        "Could not find 'Project' with IDs '" + world.project() + "'");
  }

  @Test
  void limitsOnlyTheRateThatAnOperatorSet() {
    // Given
    try (TestingGateway own = TestingGateway.start(SettableClock.atPresent())) {
      var slow = new IsometricWorld(own);
      own.limit(slow.tenant(), new TenantRate(1, 1));

      // When
      Reply first = slow.as(slow.seller()).get(TRANSFERS);
      Reply second = slow.as(slow.seller()).get(TRANSFERS);

      // Then
      assertThat(first.status()).isEqualTo(200);
      assertDetail(second, 429, "Too many requests");
      assertThat(second.header("Retry-After").orElseThrow()).isEqualTo("1");
    }
  }
}
