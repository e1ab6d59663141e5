package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.DialectFixture;
import io.sluice.dialect.DialectSuite;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What all dialects must do, asked of Orum's. */
class OrumSuiteTest extends DialectSuite {
  @Override
  protected DialectFixture fixture() {
    return newFixture();
  }

  static DialectFixture newFixture() {
    return new Fixture();
  }

  private static final class Fixture implements DialectFixture {
    @Override
    public Set<String> dependentInputs() {
      return Set.of(
          // Not before the other one.
          "createReport end_time",
          "getBalanceSummary end_time",
          // Nobody else's; that of somebody verified; the one that there is.
          "createBusiness customer_reference_id",
          "createSubledger customer_reference_id",
          "replaceBusiness customer_reference_id",
          "replaceBusinessByReferenceId customer_reference_id",
          "replacePerson customer_reference_id",
          "replacePersonByReferenceId customer_reference_id");
    }

    @Override
    public Map<String, String> wordsOfRefusals() {
      return Map.of(
          "changeBusiness zip5",
          "invalid_zip",
          "createBookTransfer book_transfer_reference_id",
          "Book transfer reference id");
    }

    @Override
    public String dialect() {
      return "orum";
    }

    @Override
    public World newWorld(TestingGateway gateway) {
      return new OrumWorld(gateway);
    }

    @Override
    public void assertErrorShape(Reply reply) {
      JsonNode body = reply.json();
      assertThat(reply.contentType()).isEqualTo("application/json");
      assertThat(body.properties().stream().map(e -> e.getKey()))
          .containsExactly("error_code", "message", "details");
      assertThat(body.get("error_code").textValue()).matches("[a-z0-9_]+");
      assertThat(body.get("message").textValue()).isNotBlank();
      assertThat(body.get("details").isNull() || body.get("details").isObject()).isTrue();
    }

    @Override
    public int successStatus() {
      return 200;
    }

    @Override
    public Repeat repeat() {
      return Repeat.REFUSED;
    }

    @Override
    public void assertConflict(Reply reply) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().get("error_code").textValue())
          .isEqualTo("duplicate_book_transfer_reference_id");
      assertThat(UUID.fromString(reply.json().at("/details/id").textValue())).isNotNull();
    }

    @Override
    public boolean amountsAreTexts() {
      return false;
    }

    @Override
    public String unknownPath() {
      return "/deliver/nothing";
    }

    @Override
    public Set<String> openOperations() {
      return Set.of("createAccessToken");
    }
  }
}
