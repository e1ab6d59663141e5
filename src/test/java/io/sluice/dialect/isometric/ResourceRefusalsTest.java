package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Ask;
import io.sluice.dialect.DialectFixture.World;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each refusal of an id that all operations have in common, of each of them, one id after the other
 * in requests that are good otherwise.
 */
class ResourceRefusalsTest {
  private static final Pattern IN_TARGET = Pattern.compile("(?<id>[a-z]{3}_[0-9A-Z]{16})");
  private static final Pattern IN_BODY =
      Pattern.compile("\"(?<member>\\w+)\":\"(?<id>[a-z]{3}_[0-9A-Z]{16})\"");

  /** What answers null for nobody's id. */
  private static final Pattern MAY_BE_NOTHING =
      Pattern.compile("/registry/v0/(organisations|suppliers|projects)/[^/]+");

  /** Whose token it must be. */
  private static final List<String> OWN = List.of("from_organisation_id", "owner_organisation_id");

  private static World world;
  private static List<Ask> asks;

  @BeforeAll
  static void ask() {
    world = new IsometricFixture().newWorld(TestingGateway.shared());
    asks = world.everyOperation();
  }

  private static String nobody(String id) {
    return id.substring(0, 3) + IsometricWorld.NOBODY;
  }

  private static String instead(String text, MatchResult id, String other) {
    return text.substring(0, id.start("id")) + other + text.substring(id.end("id"));
  }

  private static Reply at(Ask ask, String target) {
    return new Ask(ask.method(), target, ask.headers(), ask.body()).send(world.client());
  }

  private static void each(Pattern pattern, boolean body, BiConsumer<Ask, MatchResult> check) {
    for (Ask ask : asks) {
      pattern
          .matcher(body ? ask.body() : ask.target())
          .results()
          .forEach(id -> check.accept(ask, id));
    }
  }

  @Test
  void everyIdInATargetIsSomebodys() {
    each(
        IN_TARGET,
        false,
        (ask, id) -> {
          String unknown = nobody(id.group("id"));
          String target = instead(ask.target(), id, unknown);

          Reply reply = at(ask, target);

          if (MAY_BE_NOTHING.matcher(target).matches()) {
            assertThat(reply.status()).as(target).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("null");
          } else {
            assertUnknown(reply, unknown);
          }
        });
  }

  private static void assertUnknown(Reply reply, String id) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.json().get("detail").textValue())
        .matches("Could not find '\\w+' with IDs '" + id + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {19, 38})
  void everyIdInATargetHasItsLength(int chars) {
    each(
        IN_TARGET,
        false,
        (ask, id) ->
            assertThat(at(ask, instead(ask.target(), id, "x".repeat(chars))).status())
                .as(ask.target())
                .isEqualTo(422));
  }

  @Test
  void everyIdInABodyIsSomebodys() {
    each(
        IN_BODY,
        true,
        (ask, id) -> {
          String unknown = nobody(id.group("id"));

          Reply reply = ask.withBody(instead(ask.body(), id, unknown)).send(world.client());

          if (OWN.contains(id.group("member"))) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
            assertThat(reply.json().get("detail").textValue())
                .isEqualTo("The token does not act for organisation '" + unknown + "'");
          } else {
            assertUnknown(reply, unknown);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {19, 38})
  void everyIdInABodyHasItsLength(int chars) {
    each(
        IN_BODY,
        true,
        (ask, id) ->
            assertThat(
                    ask.withBody(instead(ask.body(), id, "x".repeat(chars)))
                        .send(world.client())
                        .status())
                .as(ask.body())
                .isEqualTo(422));
  }
}
