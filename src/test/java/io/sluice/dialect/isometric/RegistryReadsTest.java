package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credit batches, organisations, suppliers, transferees. */
class RegistryReadsTest {
  private static final String BASE = "/registry/v0";
  private static final IdCodec CODEC = new IdCodec(Environment.PRODUCTION);

  private final IsometricWorld world = IsometricWorld.create();

  private Reply get(String target) {
    return world.as(world.seller()).get(BASE + target);
  }

  private JsonNode ok(String target) {
    Reply reply = get(target);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  private List<String> batches(String query) {
    return ids(ok("/organisations/" + world.seller().id() + "/credit_batches" + query));
  }

  @Test
  void showsACreditBatchWithAllMembers() {
    // Given
    String batch = world.issue(2_500).getFirst();

    // When
    JsonNode json = world.batch(batch);

    // Then
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "serial_number",
            "status",
            "size",
            "issued_at",
            "retired_at",
            "delivered_at",
            "sequestered_on",
            "country_of_issue",
            "supplier_id",
            "parent_id",
            "left_child_id",
            "right_child_id",
            "issuance_id",
            "delivery_id",
            "beneficiary",
            "retirement_id",
            "removal_id",
            "owner",
            "project_id",
            "carbon_removal_data",
            "ccp_approved");
    assertThat(json.get("id").textValue()).isEqualTo(batch).startsWith("ctb_");
    assertThat(json.get("size").toString()).isEqualTo("{\"credits\":2.5,\"credit_kgs\":2500}");
    assertThat(json.get("sequestered_on").textValue()).isEqualTo("2024-03-01");
    assertThat(json.get("country_of_issue").textValue()).isEqualTo("GBR");
    assertThat(json.get("supplier_id").textValue()).isEqualTo(world.supplier());
    assertThat(json.get("project_id").textValue()).isEqualTo(world.project());
    assertThat(json.get("issuance_id").textValue()).startsWith("iss_");
    assertThat(json.get("removal_id").textValue()).startsWith("rmv_");
    assertThat(json.get("carbon_removal_data").isNull()).isTrue();
    assertThat(json.get("ccp_approved").booleanValue()).isFalse();
  }

  @Test
  void doesNotFindACreditBatch() {
    Reply reply = get("/credit_batches/ctb" + NOBODY);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("detail").textValue())
        .isEqualTo("Could not find 'CreditBatch' with IDs 'ctb" + NOBODY + "'");
  }

  @Test
  void leavesSplitBatchesOutUnlessAsked() {
    // Given
    String parent = world.issue(10).getFirst();
    world.transfer(world.request().of(parent, 4));
    String right = world.batch(parent).get("right_child_id").textValue();
    String left = world.batch(parent).get("left_child_id").textValue();

    // Then
    assertThat(batches("")).containsExactly(right);
    assertThat(batches("?status=split")).containsExactly(parent);
    assertThat(batches("?status=split&status=active")).containsExactly(right, parent);
    assertThat(batches("?status=active&status=split&status=active")).hasSize(2);
    assertThat(batches("?status=retired")).isEmpty();
    assertThat(ids(ok("/organisations/" + world.buyer().id() + "/credit_batches")))
        .containsExactly(left);
  }

  @Test
  void filtersBatches() {
    // Given
    List<String> first = world.issue(1, 2);
    Organisation third = world.newOrganisation("Third", "third.example");
    String otherSupplier = world.newSupplier(third);
    String otherProject = world.newProject(otherSupplier, "ZZ99");
    String second = world.handed(third, otherSupplier, otherProject, 3);
    JsonNode shown = world.batch(second);
    String issued = shown.get("issued_at").textValue();

    // Then
    assertThat(batches("")).hasSize(3);
    assertThat(batches("?supplier_id=" + otherSupplier)).containsExactly(second);
    assertThat(batches("?project_id=" + world.project()))
        .containsExactlyInAnyOrderElementsOf(first);
    assertThat(batches("?issuance_id=" + shown.get("issuance_id").textValue()))
        .containsExactly(second);
    assertThat(batches("?project_id=" + otherProject + "&supplier_id=" + world.supplier()))
        .isEmpty();
    assertThat(batches("?issued_after=" + issued)).isEmpty();
    assertThat(batches("?issued_before=" + issued)).containsExactlyInAnyOrderElementsOf(first);
    assertThat(batches("?issued_after=2020-01-01T00:00:00%2B01:00")).hasSize(3);
    assertThat(batches("?delivery_id=dlv" + NOBODY)).isEmpty();
    assertThat(batches("?order_id=ord" + NOBODY)).isEmpty();
    assertThat(batches("?retirement_id=ret" + NOBODY)).isEmpty();
    assertThat(batches("?supplier_id=of-no-known-supplier")).isEmpty();
  }

  @Test
  void sortsAndPagesBatchesByTimeOfIssue() {
    // Given
    List<String> all = new ArrayList<>(world.issue(1, 2, 3));
    all.addAll(world.issue(4, 5));

    // When
    JsonNode first = ok(organisationBatches("?sort_direction=asc&first=2"));
    String cursor = first.at("/page_info/end_cursor").textValue();
    JsonNode rest = ok(organisationBatches("?sort_direction=asc&first=10&after=" + cursor));

    // Then
    assertThat(ids(first)).isEqualTo(all.subList(0, 2));
    assertThat(ids(rest)).isEqualTo(all.subList(2, 5));
    assertThat(rest.get("total_count").intValue()).isEqualTo(5);
    assertThat(batches("?sort_field=issued_at")).isEqualTo(all.reversed());
    assertThat(batches("?sort_direction=asc&first=2&last=3")).isEqualTo(all.subList(0, 2));
    assertThat(batches("?sort_direction=asc&last=2")).isEqualTo(all.subList(3, 5));
    assertThat(batches("?last=2")).isEqualTo(all.subList(0, 2).reversed());
  }

  private String organisationBatches(String query) {
    return "/organisations/" + world.seller().id() + "/credit_batches" + query;
  }

  @ParameterizedTest
  @CsvSource({
    "status=gone, enum",
    "sort_field=size, enum",
    "sort_direction=up, enum",
    "issued_after=yesterday, datetime_parsing",
    "issued_before=2024-01-01, datetime_parsing",
    "issued_after=2024-01-01T00:00:00, timezone_aware",
    "issued_before=2024-01-01T00:00:00.520641, timezone_aware",
    "issued_before=2024-01-01%2000:00, timezone_aware",
    "supplier_id=x, string_too_short"
  })
  void refusesFiltersThatDoNotFit(String query, String type) {
    Reply reply = get(organisationBatches("?" + query));

    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/type").textValue()).isEqualTo(type);
    assertThat(reply.json().at("/detail/0/loc/0").textValue()).isEqualTo("query");
  }

  /** The zone as generated clients and the registry's framework write it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09%2B0000",
        "2024-05-06%2007:08:09%2B00:00",
        "2024-05-06T09:08:09.000000%2B02:00",
        "2024-05-05T21:08:09-1000"
      })
  void comparesInstantsWhateverTheirZone(String instant) {
    // Given
    String issued =
        "{\"issued_at\":\"2024-05-06T07:08:09.000001Z\",\"reference\":\"zone\",\"project_id\":\"%s\","
                .formatted(world.project())
            + "\"credit_batches\":[{\"credit_quantity_kg\":1,\"sequestered_on\":\"2024-03-01\"}]}";
    world.administer("/issuances", issued);

    // When
    List<String> after = batches("?issued_after=" + instant);
    List<String> before = batches("?issued_before=" + instant);

    // Then: a microsecond lies between them
    assertThat(after).hasSize(1);
    assertThat(before).isEmpty();
    assertThat(world.batch(after.getFirst()).get("issued_at").textValue())
        .isEqualTo("2024-05-06T07:08:09.000001Z");
  }

  @Test
  void tellsAllThatDoesNotFitInTheOrderOfTheFields() {
    // Given
    String all =
        "sort_direction=x&sort_field=x&after=&first=x&before=&last=x&issued_before=x&issued_after=x"
            + "&status=x&retirement_id=x&order_id=x&delivery_id=x&issuance_id=x&project_id=x"
            + "&supplier_id=x";

    // When
    Reply reply = get("/organisations/short/credit_batches?" + all);

    // Then
    List<String> places = new ArrayList<>();
    reply.json().get("detail").forEach(item -> places.add(item.at("/loc/1").textValue()));
    assertThat(places)
        .containsExactly(
            "id",
            "supplier_id",
            "project_id",
            "issuance_id",
            "delivery_id",
            "order_id",
            "retirement_id",
            "status",
            "issued_after",
            "issued_before",
            "last",
            "before",
            "first",
            "after",
            "sort_field",
            "sort_direction");
  }

  @Test
  void doesNotFindTheOrganisationOfListsAndBalances() {
    for (String path : List.of("/credit_batches", "/credit_balance")) {
      Reply reply = get("/organisations/org" + NOBODY + path);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().get("detail").textValue())
          .isEqualTo("Could not find 'Organisation' with IDs 'org" + NOBODY + "'");
    }
  }

  @Test
  void addsUpWhatAnOrganisationHolds() {
    // Given
    Organisation third = world.newOrganisation("Third", "third.example");
    String otherSupplier = world.newSupplier(third);
    String other = world.newProject(otherSupplier, "ZZ99");
    String batch = world.issue(10_000, 500).getFirst();
    world.handed(third, otherSupplier, other, 250);
    world.transfer(world.request().of(batch, 4_001));

    // When
    JsonNode balance = ok("/organisations/" + world.seller().id() + "/credit_balance");

    // Then
    assertThat(balance.get("total").toString())
        .isEqualTo(
            "{\"active_credits_total\":{\"credits\":6.749,\"credit_kgs\":6749},"
                + "\"retired_credits_total\":{\"credits\":0,\"credit_kgs\":0}}");
    assertThat(balance.get("supplier_balances")).hasSize(2);
    assertThat(balance.get("project_balances"))
        .anySatisfy(
            entry -> {
              assertThat(entry.get("project_id").textValue()).isEqualTo(other);
              assertThat(entry.at("/total/active_credits_total/credit_kgs").longValue())
                  .isEqualTo(250);
            });
    assertThat(balance.get("order_balances").toString()).isEqualTo("[]");
  }

  @Test
  void listsBalancesInTheOrderOfIds() {
    // Given: the newest project is one of the oldest supplier
    Organisation third = world.newOrganisation("Third", "third.example");
    String second = world.newSupplier(third);
    String ofSecond = world.newProject(second, "ZZ98");
    String newest = world.newProject(world.supplier(), "ZZ99");
    world.handed(third, second, ofSecond, 10);
    List.of(newest, world.project()).forEach(project -> world.issue(project, 10));

    // When
    JsonNode balance = ok("/organisations/" + world.seller().id() + "/credit_balance");

    // Then
    assertThat(balance.findValuesAsText("supplier_id")).containsExactly(world.supplier(), second);
    assertThat(balance.findValuesAsText("project_id"))
        .containsExactly(world.project(), ofSecond, newest);
  }

  @Test
  void showsOrganisationsOrNull() {
    String seller = world.seller().id();
    String expected =
        "{\"id\":\"" + seller + "\",\"name\":\"Seller\",\"domain\":\"seller.example\"}";

    assertThat(ok("/organisation").toString()).isEqualTo(expected);
    assertThat(ok("/organisations/" + seller).toString()).isEqualTo(expected);
    assertThat(get("/organisations/org" + NOBODY).text()).isEqualTo("null");
    assertThat(get("/organisations/org" + NOBODY).status()).isEqualTo(200);
    assertThat(get("/organisations/" + world.supplier()).text()).isEqualTo("null");
  }

  @Test
  void showsSuppliersOrNull() {
    // Given
    String second = world.newSupplier(world.buyer());

    // When
    JsonNode list = ok("/suppliers");

    // Then
    assertThat(ids(list)).containsExactly(second, world.supplier());
    assertThat(ok("/suppliers/" + second)).isEqualTo(list.at("/nodes/0"));
    assertThat(list.at("/nodes/0").fieldNames())
        .toIterable()
        .containsExactly("id", "short_description", "long_description", "organisation", "location");
    assertThat(list.at("/nodes/0/organisation/id").textValue()).isEqualTo(world.buyer().id());
    assertThat(list.at("/nodes/0/location").isNull()).isTrue();
    assertThat(get("/suppliers/spl" + NOBODY).text()).isEqualTo("null");
    assertThat(
            ids(ok("/suppliers?first=1&after=" + list.at("/page_info/start_cursor").textValue())))
        .containsExactly(world.supplier());
  }

  @Test
  void listsEverybodyElseAsTransferees() {
    // Given
    Organisation third = world.newOrganisation("Third", "third.example");

    assertThat(ids(ok("/transferees"))).containsExactly(third.id(), world.buyer().id());
  }

  @Test
  void listsOnlyWhoTheAdministratorSet() {
    // Given
    Organisation third = world.newOrganisation("Third", "third.example");
    String path = "/organisations/" + world.seller().id() + "/transferees";
    String only = "{\"organisation_ids\":[\"" + third.id() + "\"]}";

    // When
    Reply set = world.administer("PUT", path, only);

    // Then
    assertThat(set.status()).as(set.toString()).isEqualTo(200);
    assertThat(ids(ok("/transferees"))).containsExactly(third.id());
    String batch = world.issue(1).getFirst();
    assertThat(world.transfer(world.request().of(batch, 1)).status()).isEqualTo(400);
    assertThat(world.transfer(world.request().of(batch, 1).to(third.id())).status()).isEqualTo(200);

    // And an empty list means everybody again
    world.administer("PUT", path, "{\"organisation_ids\":[]}");
    assertThat(ids(ok("/transferees"))).hasSize(2);
  }
}
