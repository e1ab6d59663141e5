package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.assertRefused;
import static io.sluice.dialect.isometric.IsometricWorld.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Retirements by name and from the oldest, and what is read of them afterwards. */
class RetirementsTest {
  private static final String BASE = "/registry/v0";
  private static final String RETIREMENTS = BASE + "/retirements";
  private static final String OLDEST = RETIREMENTS + "/from_oldest_credits";

  private final IsometricWorld world = IsometricWorld.create();
  private final Organisation seller = world.seller();

  private String body(String owner, String beneficiary, String supplier, String more) {
    return """
    {"owner_organisation_id":"%s","beneficiary_organisation_id":"%s","supplier_id":"%s",
     "retirement_purposes":["other","insetting","other"],"notes":"for good",%s}\
    """
        .formatted(owner, beneficiary, supplier, more);
  }

  private String own(String more) {
    return body(seller.id(), seller.id(), world.supplier(), more);
  }

  private static String batches(Object... batchesAndKilograms) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < batchesAndKilograms.length; i += 2) {
      parts.add(
          "{\"credit_batch_id\":\"%s\",\"credit_quantity_kg\":%s}"
              .formatted(batchesAndKilograms[i], batchesAndKilograms[i + 1]));
    }
    return "\"credit_batch_quantities\":[" + String.join(",", parts) + "]";
  }

  private static String oldest(long kilograms, String more) {
    return "\"credit_quantity_kg\":" + kilograms + more;
  }

  private Reply retire(String body) {
    return world.as(seller).post(RETIREMENTS, body);
  }

  private Reply retireOldest(String more) {
    return world.as(seller).post(OLDEST, own(more));
  }

  private JsonNode get(String path) {
    Reply reply = world.as(seller).get(BASE + path);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void retiresAWholeBatchAndAPartOfAnother() {
    // Given
    List<String> issued = world.issue(10, 20);

    // When
    Reply reply = retire(own(batches(issued.get(0), 10, issued.get(1), 5)));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode retirement = reply.json();
    String id = retirement.get("id").textValue();
    assertThat(retirement.get("purposes")).hasToString("[\"other\",\"insetting\"]");
    assertThat(retirement.at("/owner/id").textValue()).isEqualTo(seller.id());
    assertThat(retirement.at("/beneficiary/id").textValue()).isEqualTo(seller.id());
    assertThat(retirement.at("/credit_batch_size_total/credit_kgs").intValue()).isEqualTo(15);
    assertThat(retirement.get("notes").textValue()).isEqualTo("for good");
    assertThat(retirement.get("url").textValue())
        .isEqualTo("https://registry.isometric.com/retirement/" + id);
    assertThat(get("/retirements/" + id)).isEqualTo(retirement);

    JsonNode whole = world.batch(issued.get(0));
    JsonNode split = world.batch(issued.get(1));
    JsonNode used = world.batch(split.get("left_child_id").textValue());
    JsonNode rest = world.batch(split.get("right_child_id").textValue());
    assertThat(split.get("status").textValue()).isEqualTo("split");
    for (JsonNode batch : List.of(whole, used)) {
      assertThat(batch.get("status").textValue()).isEqualTo("retired");
      assertThat(batch.get("retirement_id").textValue()).isEqualTo(id);
      assertThat(batch.get("retired_at")).isEqualTo(retirement.get("retired_at"));
      assertThat(batch.at("/beneficiary/id").textValue()).isEqualTo(seller.id());
      assertThat(batch.at("/owner/id").textValue()).isEqualTo(seller.id());
    }
    assertThat(rest.get("status").textValue()).isEqualTo("active");
    assertThat(rest.get("retirement_id").isNull()).isTrue();
    assertThat(used.get("serial_number").textValue()).endsWith("-10-15");
    assertThat(rest.get("serial_number").textValue()).endsWith("-15-30");
    JsonNode batches = get("/retirements/" + id + "/credit_batches");
    assertThat(batches.get("total_count").intValue()).isEqualTo(2);
    assertThat(ids(batches)).containsExactlyInAnyOrder(issued.get(0), used.get("id").textValue());
    assertThat(batches.get("nodes")).contains(whole, used);
    assertThat(world.kilograms(seller)).isEqualTo(15);
    JsonNode balance = get("/organisations/" + seller.id() + "/credit_balance");
    assertThat(balance.at("/total/retired_credits_total/credit_kgs").intValue()).isEqualTo(15);
  }

  @Test
  void aRetiredBatchNeverMovesAgain() {
    // Given
    String batch = world.issue(10).getFirst();
    retire(own(batches(batch, 10)));

    // When
    Reply moved = world.transfer(world.request().of(batch, 1));
    Reply again = retire(own(batches(batch, 1)));

    // Then
    assertRefused(
        moved, 400, "Credit batch '" + batch + "' is retired and can no longer be transferred");
    assertRefused(
        again, 400, "Credit batch '" + batch + "' is retired and can no longer be retired");
  }

  @Test
  void listsWhatWasRetiredOnBehalfOfAnOrganisationWithWhatItOwns() {
    // Given
    List<String> issued = world.issue(10, 20, 30);
    String buyer = world.buyer().id();
    String body = body(seller.id(), buyer, world.supplier(), batches(issued.get(0), 10));
    assertRefused(
        retire(body),
        400,
        "Organisation '" + buyer + "' is not among the beneficiaries to retire for");
    world.administer(
        "/organisations/" + seller.id() + "/beneficiaries",
        "{\"organisation_ids\":[\"" + buyer + "\"]}");

    // When
    String forBuyer = retire(body).json().get("id").textValue();
    String own = retire(own(batches(issued.get(1), 20))).json().get("id").textValue();

    // Then
    JsonNode buyers = get("/organisations/" + buyer + "/credit_batches");
    assertThat(ids(buyers)).containsExactly(issued.get(0));
    assertThat(buyers.get("total_count").intValue()).isEqualTo(1);
    JsonNode sellers = get("/organisations/" + seller.id() + "/credit_batches?sort_direction=asc");
    assertThat(ids(sellers)).isEqualTo(issued);
    assertThat(sellers.get("total_count").intValue()).isEqualTo(3);
    assertThat(get("/organisations/" + buyer + "/credit_batches?status=active").get("nodes"))
        .isEmpty();
    assertThat(ids(get("/organisations/" + seller.id() + "/credit_batches?retirement_id=" + own)))
        .containsExactly(issued.get(1));
    assertThat(ids(get("/organisations/" + seller.id() + "/credit_batches?status=retired")))
        .containsExactlyInAnyOrder(issued.get(0), issued.get(1));
    assertThat(ids(get("/retirements"))).containsExactly(own, forBuyer);
    assertThat(ids(get("/retirements?beneficiary_org_id=" + buyer))).containsExactly(forBuyer);
    assertThat(ids(get("/retirements?owner_org_id=" + seller.id()))).containsExactly(own, forBuyer);
    assertThat(
            ids(
                get(
                    "/retirements?owner_org_id="
                        + seller.id()
                        + "&beneficiary_org_id="
                        + seller.id())))
        .containsExactly(own);
    assertThat(get("/retirements?owner_org_id=" + buyer).get("total_count").intValue()).isZero();
  }

  @Test
  void retiresTheOldestFirstAndSplitsTheLast() {
    // Given
    List<String> newer = world.issue(100, 100);
    String older = issueAt("2020-01-01T00:00:00Z", "2019-05-05", 50);
    String oldest = issueAt("2020-01-01T00:00:00Z", "2019-05-04", 50);

    // When
    Reply reply = retireOldest(oldest(120, ""));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(world.batch(oldest).get("status").textValue()).isEqualTo("retired");
    assertThat(world.batch(older).get("status").textValue()).isEqualTo("retired");
    assertThat(world.batch(newer.get(0)).get("status").textValue()).isEqualTo("split");
    assertThat(world.batch(newer.get(1)).get("status").textValue()).isEqualTo("active");
    JsonNode batches =
        get("/retirements/" + reply.json().get("id").textValue() + "/credit_batches");
    assertThat(batches.get("total_count").intValue()).isEqualTo(3);
    assertThat(world.kilograms(seller)).isEqualTo(180);
  }

  @Test
  void retiresOfOneVintageOnly() {
    // Given
    world.issue(100);
    issueAt("2030-01-01T00:00:00Z", "2019-12-31", 40);

    // When
    Reply fits = retireOldest(oldest(30, ",\"vintage\":2019,\"order_id\":null"));
    Reply tooMuch = retireOldest(oldest(11, ",\"vintage\":2019"));

    // Then
    assertThat(fits.status()).as(fits.toString()).isEqualTo(200);
    assertRefused(tooMuch, 400, "Only 10 kg can be retired, less than the 11 kg asked for");
    assertThat(world.kilograms(seller)).isEqualTo(110);
  }

  private String issueAt(String issuedAt, String sequesteredOn, long kilograms) {
    Reply reply =
        world.administer(
            "/issuances",
            """
            {"reference":"%s","project_id":"%s","issued_at":"%s",
             "credit_batches":[{"credit_quantity_kg":%d,"sequestered_on":"%s"}]}
            """
                .formatted(UUID.randomUUID(), world.project(), issuedAt, kilograms, sequesteredOn));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().at("/credit_batches/0/id").textValue();
  }

  @Test
  void sameKeySameAnswer() {
    // Given
    world.issue(100);
    var client = world.as(seller).with("Idempotency-Key", "once");

    // When
    Reply first = client.post(OLDEST, own(oldest(10, "")));
    Reply again = client.post(OLDEST, own(oldest(10, "")));
    Reply other = client.post(OLDEST, own(oldest(11, "")));

    // Then
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(other.status()).isEqualTo(409);
    assertThat(world.kilograms(seller)).isEqualTo(90);
  }

  @Test
  void aKeyStandsForOneRetirementOnly() {
    // Given
    String batch = world.issue(10).getFirst();
    var client = world.as(seller).with("Idempotency-Key", "named");
    Reply first = client.post(RETIREMENTS, own(batches(batch, 1)));

    // When
    Reply other = client.post(RETIREMENTS, own(batches(batch, 2)));

    // Then
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertRefused(other, 409, "This Idempotency-Key was used with a different request");
  }

  @Test
  void refusesWhatTheContractRefuses() {
    // Given
    String batch = world.issue(10).getFirst();
    String nobody = "org" + IsometricWorld.NOBODY;
    String buyer = world.buyer().id();

    // Then
    assertRefused(
        retire(body(buyer, buyer, world.supplier(), batches(batch, 1))),
        403,
        "The token does not act for organisation '" + buyer + "'");
    assertRefused(
        retire(own(batches(batch, 1, batch, 1))),
        400,
        "Credit batch '" + batch + "' is listed more than once");
    assertRefused(
        retire(body(seller.id(), nobody, world.supplier(), batches(batch, 1))),
        400,
        "Could not find 'Organisation' with IDs '" + nobody + "'");
    assertRefused(
        retire(body(seller.id(), seller.id(), "spl" + IsometricWorld.NOBODY, batches(batch, 1))),
        400,
        "Could not find 'Supplier' with IDs 'spl" + IsometricWorld.NOBODY + "'");
    assertRefused(
        retire(own(batches("ctb" + IsometricWorld.NOBODY, 1))),
        400,
        "Could not find 'CreditBatch' with IDs 'ctb" + IsometricWorld.NOBODY + "'");
    assertRefused(
        retire(own(batches(batch, 11))),
        400,
        "Credit batch '" + batch + "' holds 10 kg, less than the 11 kg asked for");
    assertRefused(
        retireOldest(oldest(1, ",\"order_id\":\"ord" + IsometricWorld.NOBODY + "\"")),
        400,
        "Could not find 'Order' with IDs 'ord" + IsometricWorld.NOBODY + "'");
    world.transfer(world.request().of(batch, 10));
    assertRefused(
        retire(own(batches(batch, 1))),
        400,
        "Credit batch '" + batch + "' is not owned by the retiring organisation");
  }

  @Test
  void saysWhatDoesNotFit() {
    // When
    Reply reply =
        retire(
            """
            {"owner_organisation_id":"x","beneficiary_organisation_id":"%s","supplier_id":"%s",
             "retirement_purposes":["fun"],"credit_batch_quantities":[]}
            """
                .formatted(seller.id(), world.supplier()));

    // Then
    assertThat(reply.status()).isEqualTo(422);
    var types = new ArrayList<String>();
    reply.json().get("detail").forEach(item -> types.add(item.get("type").textValue()));
    assertThat(types).containsExactlyInAnyOrder("string_too_short", "enum", "missing", "too_short");
  }

  @Test
  void theAdministratorRetiresOnBehalfOfAnOrganisationOnceForAReference() {
    // Given
    world.issue(100);
    String body =
        body(
            seller.id(),
            world.buyer().id(),
            world.supplier(),
            oldest(40, ",\"reference\":\"letter 7\""));

    // When
    Reply first = world.administer("/retirements/from_oldest_credits", body);
    Reply again = world.administer("/retirements/from_oldest_credits", body);
    Reply other = world.administer("/retirements/from_oldest_credits", body.replace(":40", ":41"));

    // Then
    assertRefused(other, 409, "Reference 'letter 7' was used with a different request");
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(world.kilograms(seller)).isEqualTo(60);
    assertThat(ids(get("/retirements"))).containsExactly(first.json().get("id").textValue());
  }

  @Test
  void theAdministratorListsWhatItRetiredItself() {
    // Given
    String batch = world.issue(100).getFirst();
    String self = own(batches(batch, 10));
    world.as(seller).post(RETIREMENTS, self);
    String onBehalf = own(oldest(40, ",\"reference\":\"letter\""));
    Reply made = world.administer("/retirements/from_oldest_credits", onBehalf);

    // When
    Reply list = world.administer("GET", "/retirements", "");

    // Then
    assertThat(ids(list.json())).containsExactly(made.json().get("id").textValue());
    assertThat(ids(get("/retirements"))).hasSize(2);
  }
}
