package io.sluice.dialect.pebble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.assembly.Dialects;
import io.sluice.assembly.Provider;
import io.sluice.dialect.DialectFixture;
import io.sluice.dialect.DialectSuite;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.stream.Stream;

/** What all dialects must do, asked of one that no main code knows of. */
class PebbleSuiteTest extends DialectSuite {
  @Override
  protected DialectFixture fixture() {
    return new Fixture();
  }

  private static final class Fixture implements DialectFixture {
    @Override
    public List<Provider> providers() {
      var pebble = new Provider("pebble", List.of(), parts -> new PebbleDialect(parts.services()));
      return Stream.concat(Dialects.ALL.stream(), Stream.of(pebble)).toList();
    }

    @Override
    public String dialect() {
      return "pebble";
    }

    @Override
    public World newWorld(TestingGateway gateway) {
      return new PebbleWorld(gateway);
    }

    @Override
    public void assertErrorShape(Reply reply) {
      JsonNode body = reply.json();
      assertThat(reply.contentType()).isEqualTo("application/json");
      assertThat(body.properties().stream().map(e -> e.getKey()))
          .containsExactly("oops", "because");
      assertThat(body.get("because").textValue()).isNotBlank();
    }

    @Override
    public int successStatus() {
      return 201;
    }

    @Override
    public Repeat repeat() {
      return Repeat.SAME_ANSWER;
    }

    @Override
    public void assertConflict(Reply reply) {
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.json().get("oops").textValue()).isEqualTo("key_taken");
    }

    @Override
    public boolean amountsAreTexts() {
      return false;
    }

    @Override
    public String unknownPath() {
      return "/pebble/nothing";
    }
  }
}
