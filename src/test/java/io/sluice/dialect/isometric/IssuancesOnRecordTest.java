package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.assertRefused;
import static io.sluice.dialect.isometric.IsometricWorld.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issuances as the registry shows them, with the buffer pool's share. */
class IssuancesOnRecordTest {
  private final IsometricWorld world = IsometricWorld.create();

  private String issued(String project, String at) {
    Reply reply =
        world.administer(
            "/issuances",
            """
            {"reference":"at %2$s","project_id":"%1$s","issued_at":"%2$s",
             "reporting_period_start_at":"2024-01-01","reporting_period_end_at":"2024-03-31",
             "credit_batches":[{"credit_quantity_kg":5,"sequestered_on":"2024-03-01"}]}
            """
                .formatted(project, at));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }

  private static String cursor(JsonNode page, String which) {
    return page.at("/page_info/" + which).textValue();
  }

  @Test
  void showsAnIssuanceWithAllMembers() {
    // Given
    String id = issued(world.project(), "2024-05-06T07:08:09Z");

    // When
    JsonNode shown = world.record("/issuances/" + id);

    // Then
    String five = "{\"credits\":0.005,\"credit_kgs\":5}";
    assertThat(shown.toString())
        .isEqualTo(
            """
            {"id":"%s","issued_at":"2024-05-06T07:08:09.000000Z","supplier":%s,"project_id":"%s",\
            "reporting_period_start_at":"2024-01-01","reporting_period_end_at":"2024-03-31",\
            "supplier_credit_batch_size_total":%s,\
            "buffer_pool_credit_batch_size_total":{"credits":0,"credit_kgs":0},\
            "credit_batch_size_total":%s}\
            """
                .formatted(
                    id,
                    world.record("/suppliers/" + world.supplier()),
                    world.project(),
                    five,
                    five));
  }

  @Test
  void givesTheBufferPoolItsShareRightAfterEachRemoval() {
    // Given
    String pool = world.bufferPool();
    Reply reply =
        world.administer(
            "/issuances",
            """
            {"reference":"two removals","project_id":"%s","credit_batches":[
             {"credit_quantity_kg":46001,"buffer_kg":939,"sequestered_on":"2025-03-01"},
             {"credit_quantity_kg":10,"buffer_kg":0,"sequestered_on":"2024-03-01"},
             {"credit_quantity_kg":20,"buffer_kg":1,"sequestered_on":"2024-03-01"}]}
            """
                .formatted(world.project()));
    String id = reply.json().get("id").textValue();

    // When
    JsonNode batches = world.record("/issuances/" + id + "/credit_batches");

    // Then
    assertThat(batches.get("issuance_id").textValue()).isEqualTo(id);
    assertThat(batches.get("supplier_credit_batches").findValuesAsText("serial_number"))
        .containsExactly(
            "ISO-1-SUP0-GBR-AB12-2025-0-46001",
            "ISO-1-SUP0-GBR-AB12-2024-46940-46950",
            "ISO-1-SUP0-GBR-AB12-2024-46950-46970");
    assertThat(batches.get("buffer_pool_credit_batches").findValuesAsText("serial_number"))
        .containsExactly(
            "ISO-1-SUP0-GBR-AB12-2025-46001-46940", "ISO-1-SUP0-GBR-AB12-2024-46970-46971");
    assertThat(batches.at("/buffer_pool_credit_batches/0/owner/id").textValue()).isEqualTo(pool);
    assertThat(batches.at("/supplier_credit_batches/0/owner/id").textValue())
        .isEqualTo(world.seller().id());
    assertThat(batches.at("/buffer_pool_credit_batches/0/removal_id"))
        .isEqualTo(batches.at("/supplier_credit_batches/0/removal_id"))
        .isNotEqualTo(batches.at("/buffer_pool_credit_batches/1/removal_id"));
    for (JsonNode shown : List.of(batches, world.record("/issuances/" + id), reply.json())) {
      assertThat(shown.at("/supplier_credit_batch_size_total/credit_kgs").longValue())
          .isEqualTo(46_031);
      assertThat(shown.at("/buffer_pool_credit_batch_size_total/credit_kgs").longValue())
          .isEqualTo(940);
      assertThat(shown.at("/credit_batch_size_total/credit_kgs").longValue()).isEqualTo(46_971);
    }
    assertThat(ids(world.record("/issuances?first=1"))).containsExactly(id);
  }

  @Test
  void keepsNamingTheBatchesAsTheyWereIssued() {
    // Given
    String batch = world.issue(10).getFirst();
    String id = world.batch(batch).get("issuance_id").textValue();
    world.transfer(world.request().of(batch, 4));

    // When
    JsonNode batches = world.record("/issuances/" + id + "/credit_batches");

    // Then: of its children nothing is said
    assertThat(batches.get("supplier_credit_batches")).hasSize(1);
    assertThat(batches.at("/supplier_credit_batches/0/id").textValue()).isEqualTo(batch);
    assertThat(batches.at("/supplier_credit_batches/0/status").textValue()).isEqualTo("split");
    assertThat(batches.get("buffer_pool_credit_batches")).isEmpty();
  }

  @Test
  void listsByWhenTheyCountFromAndASuppliersByWhenTheyWereEntered() {
    // Given
    Organisation third = world.newOrganisation("Third", "third.example");
    String theirs =
        issued(world.newProject(world.newSupplier(third), "ZZ99"), "2023-01-01T00:00:00Z");
    String late = issued(world.project(), "2025-01-01T00:00:00Z");
    String early = issued(world.project(), "2024-01-01T00:00:00Z");
    List<String> all = List.of(late, early, theirs);

    // When
    JsonNode first = world.record("/issuances?first=2");
    JsonNode rest = world.record("/issuances?first=2&after=" + cursor(first, "end_cursor"));
    JsonNode back = world.record("/issuances?last=1&before=" + cursor(rest, "start_cursor"));
    JsonNode own = world.record("/suppliers/" + world.supplier() + "/issuances?first=1");
    JsonNode entered = world.administer("GET", "/issuances?first=50", "").json();

    // Then
    assertThat(ids(first)).isEqualTo(all.subList(0, 2));
    assertThat(ids(rest)).isEqualTo(all.subList(2, 3));
    assertThat(ids(back)).isEqualTo(all.subList(1, 2));
    assertThat(first.get("total_count").intValue()).isEqualTo(3);
    assertThat(ids(own)).containsExactly(early);
    assertThat(own.get("total_count").intValue()).isEqualTo(2);
    assertThat(
            ids(
                world.record(
                    "/suppliers/%s/issuances?first=1&after=%s"
                        .formatted(world.supplier(), cursor(own, "end_cursor")))))
        .containsExactly(late);
    assertThat(ids(entered)).isEqualTo(all);
    assertThat(entered.at("/nodes/0/reference").textValue()).isEqualTo("at 2025-01-01T00:00:00Z");
  }

  @Test
  void showsNothingOfAnIssuanceThatHasNotHappened() {
    // Given: the registry knows of it, and no credits were given out
    String batch = world.issue(10).getFirst();
    String id = world.batch(batch).get("issuance_id").textValue();
    world
        .gateway()
        .database()
        .execute(
            "UPDATE isometric_issuance SET first_batch_id = '%s' WHERE tenant_id = %d"
                .formatted(new UUID(0, 1), world.tenant().value()));

    // Then
    assertThat(ids(world.record("/issuances"))).isEmpty();
    assertThat(world.record("/issuances").get("total_count").intValue()).isZero();
    assertThat(ids(world.record("/suppliers/" + world.supplier() + "/issuances"))).isEmpty();
    assertRefused(
        world.onRecord("/issuances/" + id), 400, "Could not find 'Issuance' with IDs '" + id + "'");
  }

  @Test
  void needsABufferPoolForAShareOfIt() {
    // Given
    String body =
        """
        {"reference":"r","project_id":"%s","credit_batches":[
         {"credit_quantity_kg":10,"buffer_kg":1,"sequestered_on":"2024-03-01"}]}
        """
            .formatted(world.project());

    // When
    Reply without = world.administer("/issuances", body);
    world.bufferPool();
    Reply with = world.administer("/issuances", body);
    Reply other = world.administer("/issuances", body.replace(":1,", ":2,"));

    // Then
    assertRefused(without, 400, "The registry has no buffer pool");
    assertThat(with.status()).as(with.toString()).isEqualTo(200);
    assertRefused(other, 409, "Reference 'r' was used with a different request");
  }

  @ParameterizedTest
  @CsvSource({"-1, greater_than", "1.5, int_from_float", "true, int_type"})
  void refusesAShareThatDoesNotFit(String kilograms, String type) {
    Reply reply =
        world.administer(
            "/issuances",
            """
            {"reference":"r","project_id":"%s","credit_batches":[
             {"credit_quantity_kg":10,"buffer_kg":%s,"sequestered_on":"2024-03-01"}]}
            """
                .formatted(world.project(), kilograms));

    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/type").textValue()).isEqualTo(type);
    assertThat(reply.json().at("/detail/0/loc/3").textValue()).isEqualTo("buffer_kg");
  }

  @Test
  void refusesAShareLargerThanAnyBatch() {
    Reply reply =
        world.administer(
            "/issuances",
            """
            {"reference":"r","project_id":"%s","credit_batches":[
             {"credit_quantity_kg":1,"buffer_kg":1000000000000001,"sequestered_on":"2024-03-01"}]}
            """
                .formatted(world.project()));

    assertRefused(reply, 400, "No quantity may be larger than 1000000000000000 kg");
  }

  @Test
  void doesNotFindWhatIsAnotherTenantsOrNobodys() {
    // Given
    var stranger = IsometricWorld.create();
    String theirs = stranger.batch(stranger.issue(1).getFirst()).get("issuance_id").textValue();

    for (String id : List.of(theirs, "iss" + NOBODY, "of-no-known-issuance-at-all")) {
      for (String path : List.of("", "/credit_batches")) {
        // When
        Reply reply = world.onRecord("/issuances/" + id + path);

        // Then
        assertRefused(reply, 400, "Could not find 'Issuance' with IDs '" + id + "'");
      }
    }
    assertThat(ids(world.record("/issuances"))).isEmpty();
    assertRefused(
        world.onRecord("/suppliers/" + stranger.supplier() + "/issuances"),
        400,
        "Could not find 'Supplier' with IDs '" + stranger.supplier() + "'");
    assertThat(world.onRecord("/issuances/short").status()).isEqualTo(422);
  }
}
