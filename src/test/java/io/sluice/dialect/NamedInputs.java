package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.OpenApiDocument.Operation;
import io.sluice.testing.OpenApiInputs;
import io.sluice.testing.OpenApiInputs.Member;
import io.sluice.testing.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What an API's document names is read: a query parameter or a member of a body that was ignored
 * would be let through with a value that it cannot have.
 */
abstract class NamedInputs extends HostileInputs {
  /** A good request for each operation. */
  private Map<String, Ask> asks() {
    var asks = new TreeMap<String, Ask>();
    world.everyOperation().forEach(ask -> asks.putIfAbsent(endpointOf(ask).operation(), ask));
    return asks;
  }

  @Test
  void readsEveryQueryParameterThatItsDocumentNames() {
    // Given
    OpenApiDocument document = OpenApiDocument.of(fixture.dialect());
    var inputs = new OpenApiInputs(document);

    asks()
        .forEach(
            (id, ask) -> {
              Operation operation = document.find(ask.method(), ask.target()).orElseThrow();
              inputs
                  .impossibleQueries(operation)
                  .forEach(
                      (name, value) -> {
                        // When
                        Reply reply = ask.withParameter(name, value).send(world.client());

                        // Then
                        assertDoesNotFit(reply, id, name, value);
                      });
            });
  }

  @Test
  void readsEveryMemberThatItsDocumentNames() {
    // Given
    OpenApiDocument document = OpenApiDocument.of(fixture.dialect());
    var inputs = new OpenApiInputs(document);

    asks()
        .forEach(
            (id, ask) -> {
              Operation operation = document.find(ask.method(), ask.target()).orElseThrow();
              for (Member member : inputs.members(operation)) {
                for (String impossible : member.impossible()) {
                  // When
                  Reply reply = ask.with(member.path(), impossible).send(world.client()).first();

                  // Then
                  assertDoesNotFit(reply, id, member.path().getLast(), impossible);
                }
              }
            });
  }

  @Test
  void takesEveryValueThatItsDocumentAllows() {
    // Given
    OpenApiDocument document = OpenApiDocument.of(fixture.dialect());
    var inputs = new OpenApiInputs(document);
    var refused = new TreeMap<String, String>();

    // When: in a world of its own, as some of these are good transfers to or from somebody else.
    DialectFixture.World own = fixture.newWorld(gateway);
    for (Ask ask : own.everyOperation()) {
      Operation operation = document.find(ask.method(), ask.target()).orElseThrow();
      inputs
          .possibleQueries(operation)
          .forEach(
              (name, values) ->
                  values.forEach(
                      value -> {
                        Reply reply = ask.withParameter(name, value).send(own.client());
                        noteRefusal(refused, operation.id(), name, value, reply);
                      }));
      for (Member member : inputs.members(operation)) {
        for (String value : member.possible()) {
          Reply reply = ask.with(member.path(), value).send(own.client()).first();
          noteRefusal(refused, operation.id(), member.path().getLast(), value, reply);
        }
      }
    }

    // Then
    refused.keySet().removeAll(fixture.dependentInputs());
    assertThat(String.join("\n", refused.values())).isEmpty();
  }

  /** With a member that is null a request is the one that it is without the member. */
  @Test
  void takesNullForAbsentWhereItsDocumentAllowsIt() {
    // Given: a world of its own, as some of these change what others need.
    OpenApiDocument document = OpenApiDocument.of(fixture.dialect());
    var inputs = new OpenApiInputs(document);
    DialectFixture.World own = fixture.newWorld(gateway);
    var different = new TreeMap<String, NullMember.Answers>();
    int sent = 0;

    // When
    for (Ask ask : own.everyOperation()) {
      Operation operation = document.find(ask.method(), ask.target()).orElseThrow();
      for (List<String> path : inputs.nullable(operation)) {
        NullMember.Answers answers = new NullMember(ask, path, own.client()).send();
        sent++;
        if (answers.differ()) {
          different.put(operation.id() + " " + path.getLast(), answers);
        }
      }
    }

    // Then
    assertThat(sent).isPositive();
    assertThat(different.keySet()).as(different::toString).isEqualTo(fixture.clearingNulls());
  }

  /** Refusals that name what they are about. */
  private static void noteRefusal(
      Map<String, String> refused, String operation, String name, String value, Reply reply) {
    boolean isOfForm = reply.status() == 400 || reply.status() == 422;
    if (isOfForm && reply.text().contains(name)) {
      String shown = value.length() > 40 ? value.length() + " characters" : value;
      String input = operation + " " + name;
      refused.put(input, input + " = " + shown + " -> " + reply.text());
    }
  }

  /** What is refused for something else would be so, too, if the input was ignored. */
  private void assertDoesNotFit(Reply reply, String operation, String name, String value) {
    String what = operation + " " + name;
    assertThat(reply.status()).as(() -> what + " = " + value + "\n" + reply).isIn(400, 422);
    assertThat(reply.text())
        .as(() -> what + " = " + value)
        .contains(fixture.wordsOfRefusals().getOrDefault(what, name));
    fixture.assertErrorShape(reply);
  }
}
