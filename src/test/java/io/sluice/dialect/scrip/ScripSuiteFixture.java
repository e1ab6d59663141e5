package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.DialectFixture;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.Set;

/** What the shared suite must know of Scrip. */
final class ScripSuiteFixture implements DialectFixture {
  @Override
  public Set<String> clearingNulls() {
    return Set.of("updateAsset max_transaction_amount");
  }

  @Override
  public Set<String> dependentInputs() {
    return Set.of(
        // One of several that exclude each other.
        "addGroupMembers participant_id",
        "addGroupMembers role",
        "createTransfer external_id",
        "createTransfer group_id",
        "createTransfer participant_id",
        "createTransfer source_external_id",
        "createTransfer source_group_id",
        "createTransfer source_participant_id",
        "listJournalEntries external_id",
        "listJournalEntries group_id",
        "listJournalEntries participant_id",
        // Not in the past.
        "adjustGroupBalance expires_at",
        "adjustGroupBalance matures_at",
        "adjustParticipantBalance expires_at",
        "adjustParticipantBalance matures_at",
        // A group has an administrator.
        "createGroup role",
        // Both of them, in their order.
        "getExpirationSchedule from",
        "getExpirationSchedule to",
        // With a target that has an id.
        "updateProgram redemption_target_entity_id");
  }

  @Override
  public String dialect() {
    return "scrip";
  }

  @Override
  public World newWorld(TestingGateway gateway) {
    return new ScripWorld(gateway);
  }

  @Override
  public void assertErrorShape(Reply reply) {
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.json().fieldNames())
        .toIterable()
        .as(reply.toString())
        .isSubsetOf("code", "message", "details");
    assertThat(reply.json().get("code").textValue()).matches("[a-z_]+");
    assertThat(reply.json().get("message").textValue()).isNotBlank();
  }

  @Override
  public int successStatus() {
    return 200;
  }

  @Override
  public Repeat repeat() {
    return Repeat.SAME_ANSWER;
  }

  @Override
  public void assertConflict(Reply reply) {
    ScripFixture.refused(reply, 409, "idempotency_conflict");
  }

  @Override
  public boolean amountsAreTexts() {
    return true;
  }

  @Override
  public String unknownPath() {
    return "/v1/programs/1/2/3/4";
  }
}
