package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For whom the caller may retire. */
class BeneficiariesTest {
  private static final String BASE = "/registry/v0";

  private final IsometricWorld world = IsometricWorld.create();

  private Reply create(String body) {
    return world.as(world.seller()).post(BASE + "/beneficiary", body);
  }

  private List<String> listed() {
    var ids = new ArrayList<String>();
    JsonNode page = world.as(world.seller()).get(BASE + "/beneficiaries").json();
    page.get("nodes").forEach(node -> ids.add(node.get("id").textValue()));
    assertThat(page.get("total_count").intValue()).isEqualTo(ids.size());
    return ids;
  }

  @Test
  void createsOrganisationsAndPersonsAndListsThemNewestFirst() {
    // When
    JsonNode company =
        create("{\"beneficiary_name\":\"Tea\",\"beneficiary_domain\":\"tea.example\"}").json();
    JsonNode person =
        create("{\"beneficiary_name\":\"Ann\",\"beneficiary_email\":\"ann@tea.example\"}").json();

    // Then
    assertThat(company.get("domain").textValue()).isEqualTo("tea.example");
    assertThat(person.get("domain").isNull()).isTrue();
    assertThat(listed())
        .containsExactly(
            person.get("id").textValue(), company.get("id").textValue(), world.seller().id());
    String path = BASE + "/organisations/" + person.get("id").textValue();
    assertThat(world.as(world.seller()).get(path).json()).isEqualTo(person);
  }

  @Test
  void knowsADomainAndAnAddressOnce() {
    // Given
    String first =
        create("{\"beneficiary_name\":\"Tea\",\"beneficiary_domain\":\"tea.example\"}")
            .json()
            .get("id")
            .textValue();

    // When
    Reply again =
        create("{\"beneficiary_name\":\"Other\",\"beneficiary_domain\":\" TEA.example \"}");
    Reply holder = create("{\"beneficiary_name\":\"X\",\"beneficiary_domain\":\"Buyer.example\"}");

    // Then
    assertThat(again.json().get("id").textValue()).isEqualTo(first);
    assertThat(again.json().get("name").textValue()).isEqualTo("Tea");
    assertThat(holder.json().get("id").textValue()).isEqualTo(world.buyer().id());
    assertThat(listed()).containsExactlyInAnyOrder(first, world.buyer().id(), world.seller().id());
  }

  @Test
  void aBeneficiaryHoldsNoAccount() {
    // Given
    String batch = world.issue(10).getFirst();
    String id =
        create("{\"beneficiary_name\":\"Tea\",\"beneficiary_domain\":\"tea.example\"}")
            .json()
            .get("id")
            .textValue();

    // When
    Reply reply = world.transfer(world.request().of(batch, 1).to(id));

    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("detail").textValue())
        .isEqualTo("Organisation '" + id + "' is not among the organisations to transfer to");
    JsonNode transferees = world.as(world.seller()).get(BASE + "/transferees").json();
    assertThat(transferees.toString()).doesNotContain(id);
  }

  @Test
  void asksForOneFormOrTheOther() {
    // When
    Reply neither = create("{\"beneficiary_name\":\"Tea\"}");
    Reply strange =
        create(
            "{\"__typename\":\"X\",\"beneficiary_name\":\"T\",\"beneficiary_domain\":\"t.example\"}");
    Reply bad = create("{\"beneficiary_name\":\"Ann\",\"beneficiary_email\":\"ann\"}");

    // Then
    assertThat(neither.status()).isEqualTo(422);
    assertThat(neither.json().at("/detail/0/loc"))
        .hasToString("[\"body\",\"CreateOrganizationBeneficiary\",\"beneficiary_domain\"]");
    assertThat(neither.json().at("/detail/1/loc"))
        .hasToString("[\"body\",\"CreateIndividualBeneficiary\",\"beneficiary_email\"]");
    assertThat(strange.json().at("/detail/0/type").textValue()).isEqualTo("literal_error");
    assertThat(bad.json().at("/detail/0/type").textValue()).isEqualTo("value_error");
    assertThat(bad.json().at("/detail/0/msg").textValue())
        .startsWith("value is not a valid email address: ");
  }
}
