package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.assertRefused;
import static io.sluice.dialect.isometric.IsometricWorld.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The buffer pool, and what comes back from it. */
class RefundsTest {
  private static final String BASE = "/registry/v0";

  private final IsometricWorld world = IsometricWorld.create();
  private final Organisation seller = world.seller();
  private final String pool = world.bufferPool();

  private String pooled(long kilograms) {
    return world.issueBuffered(1, kilograms).at("/buffer_pool_credit_batches/0/id").textValue();
  }

  private static String id(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }

  private Reply refund(String to, String notes, String batches) {
    return world.administer(
        "/refunds",
        """
        {"reference":"r","to_organisation_id":"%s","notes":%s,"credit_batch_quantities":[%s]}
        """
            .formatted(to, notes, batches));
  }

  private static String part(String batch, String kilograms) {
    return "{\"credit_batch_id\":\"%s\",\"credit_quantity_kg\":%s}".formatted(batch, kilograms);
  }

  @Test
  void handsAPartOfABatchBack() {
    // Given
    String batch = pooled(100);
    long before = world.kilograms(seller);

    // When
    Reply made = world.refund("monitoring ended", batch, 40);

    // Then
    JsonNode shown = world.record("/refunds/" + id(made));
    assertThat(shown).isEqualTo(made.json());
    assertThat(shown.toString())
        .isEqualTo(
            """
            {"id":"%s","refunded_at":"%s",\
            "from_buffer_pool_organisation":{"id":"%s","name":"Buffer Pool","domain":null},\
            "to_organisation":{"id":"%s","name":"Seller","domain":"seller.example"},\
            "credit_batch_size_total":{"credits":0.04,"credit_kgs":40},"notes":"no losses"}\
            """
                .formatted(id(made), shown.get("refunded_at").textValue(), pool, seller.id()));
    assertThat(world.kilograms(seller)).isEqualTo(before + 40);
    JsonNode split = world.batch(batch);
    assertThat(split.get("status").textValue()).isEqualTo("split");
    JsonNode batches = world.record("/refunds/" + id(made) + "/credit_batches");
    String left = split.get("left_child_id").textValue();
    assertThat(ids(batches)).containsExactly(left);
    assertThat(batches.get("total_count").intValue()).isEqualTo(1);
    assertThat(batches.at("/nodes/0/owner/id").textValue()).isEqualTo(seller.id());
    String right = split.get("right_child_id").textValue();
    assertThat(world.batch(right).at("/owner/id").textValue()).isEqualTo(pool);
  }

  @Test
  void refundsBatchesOfSeveralSuppliersAtOnceForAReference() {
    // Given
    Organisation third = world.newOrganisation("Third", "third.example");
    String project = world.newProject(world.newSupplier(third), "ZZ99");
    String own = pooled(100);
    String theirs =
        world
            .administer(
                "/issuances",
                """
                {"reference":"theirs","project_id":"%s","credit_batches":[
                 {"credit_quantity_kg":1,"buffer_kg":7,"sequestered_on":"2024-03-01"}]}
                """
                    .formatted(project))
            .json()
            .at("/buffer_pool_credit_batches/0/id")
            .textValue();
    String both = part(own, "100") + "," + part(theirs, "7");

    // When
    Reply first = refund(seller.id(), "\"\"", both);
    Reply again = refund(seller.id(), "\"\"", both);
    Reply other = refund(seller.id(), "\"x\"", both);

    // Then
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(ids(world.record("/refunds/" + id(first) + "/credit_batches")))
        .containsExactlyInAnyOrder(own, theirs);
    assertThat(first.json().at("/credit_batch_size_total/credit_kgs").longValue()).isEqualTo(107);
    assertRefused(other, 409, "Reference 'r' was used with a different request");
  }

  @Test
  void listsRefundsNewestFirst() {
    // Given
    String batch = pooled(100);
    String older = id(world.refund("a", batch, 1));
    String newer = id(world.refund("b", world.batch(batch).get("right_child_id").textValue(), 2));

    // When
    JsonNode page = world.administer("GET", "/refunds?first=1", "").json();
    String after = page.at("/page_info/end_cursor").textValue();
    JsonNode rest = world.administer("GET", "/refunds?first=1&after=" + after, "").json();

    // Then
    assertThat(ids(page)).containsExactly(newer);
    assertThat(page.get("total_count").intValue()).isEqualTo(2);
    assertThat(ids(rest)).containsExactly(older);
  }

  @Test
  void refusesWhatBreaksARule() {
    // Given
    String batch = pooled(100);
    String ofSeller = world.issue(5).getFirst();
    String beneficiary =
        world
            .as(seller)
            .post(
                BASE + "/beneficiary",
                "{\"beneficiary_name\":\"B\",\"beneficiary_domain\":\"b.example\"}")
            .json()
            .get("id")
            .textValue();
    String one = part(batch, "1");

    // Then
    assertRefused(
        refund("org" + NOBODY, "\"\"", one),
        400,
        "Could not find 'Organisation' with IDs 'org" + NOBODY + "'");
    assertRefused(refund(beneficiary, "\"\"", one), 400, "The receiver holds no account");
    assertRefused(refund(pool, "\"\"", one), 400, "The receiver holds no account");
    assertRefused(
        refund(seller.id(), "\"\"", one + "," + one),
        400,
        "Credit batch '" + batch + "' is listed more than once");
    assertRefused(
        refund(seller.id(), "\"\"", part("ctb" + NOBODY, "1")),
        400,
        "Could not find 'CreditBatch' with IDs 'ctb" + NOBODY + "'");
    assertRefused(
        refund(seller.id(), "\"\"", part(ofSeller, "1")),
        400,
        "Credit batch '" + ofSeller + "' is not owned by the refunding organisation");
    assertRefused(
        refund(seller.id(), "\"\"", part(batch, "101")),
        400,
        "Credit batch '" + batch + "' holds 100 kg, less than the 101 kg asked for");
    world.refund("half", batch, 50);
    assertRefused(
        refund(seller.id(), "\"\"", one),
        400,
        "Credit batch '" + batch + "' is split and can no longer be refunded");
    assertThat(refund(seller.id(), "null", one).status()).isEqualTo(422);
    assertThat(refund(seller.id(), "\"\"", "").status()).isEqualTo(422);
    assertThat(refund(seller.id(), "\"\"", part(batch, "0")).status()).isEqualTo(422);
  }

  @Test
  void needsABufferPool() {
    // Given
    var bare = IsometricWorld.create();

    // When
    Reply reply = bare.refund("r", "ctb" + NOBODY, 1);

    // Then
    assertRefused(reply, 400, "The registry has no buffer pool");
  }

  @Test
  void aRegistryHasOneBufferPool() {
    // When
    Reply other = world.administer("PUT", "/buffer_pool", "{\"name\":\"Another\"}");

    // Then
    assertRefused(other, 409, "Reference 'buffer-pool' was used with a different request");
    assertThat(world.bufferPool()).isEqualTo(pool);
    assertThat(world.record("/organisations/" + pool).get("name").textValue())
        .isEqualTo("Buffer Pool");
  }

  @Test
  void nobodyReachesTheBufferPoolButTheAdministrator() {
    // Given
    String batch = world.issue(5).getFirst();

    // When
    Reply reply = world.transfer(world.request().of(batch, 1).to(pool));

    // Then
    assertRefused(
        reply, 400, "Organisation '" + pool + "' is not among the organisations to transfer to");
    assertThat(ids(world.as(seller).get(BASE + "/transferees").json())).doesNotContain(pool);
    assertThat(ids(world.administer("GET", "/organisations", "").json()))
        .containsExactly(world.buyer().id(), seller.id());
    assertThat(
            world
                .administer(
                    "/orders", world.order("o", 1, "2025-01-31").replace(world.buyer().id(), pool))
                .status())
        .isEqualTo(400);
  }

  @Test
  void doesNotFindWhatIsAnotherTenantsOrNoRefund() {
    // Given
    var stranger = IsometricWorld.create();
    String theirs =
        id(
            stranger.refund(
                "r",
                stranger.issueBuffered(1, 1).at("/buffer_pool_credit_batches/0/id").textValue(),
                1));
    String transfer = id(world.transfer(world.request().of(world.issue(5).getFirst(), 1)));

    for (String id : List.of(theirs, "bpr" + NOBODY, transfer.replace("tfr", "bpr"))) {
      for (String path : List.of("", "/credit_batches")) {
        // When
        Reply reply = world.onRecord("/refunds/" + id + path);

        // Then
        assertRefused(reply, 400, "Could not find 'BufferPoolRefund' with IDs '" + id + "'");
      }
    }
    assertThat(world.onRecord("/refunds/short").status()).isEqualTo(422);
    assertThat(world.onRecord("/refunds").status()).isEqualTo(404);
  }
}
