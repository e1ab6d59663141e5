package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.DialectFixture;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;

/** What the shared suite must know of Scrip. */
final class ScripSuiteFixture implements DialectFixture {
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
