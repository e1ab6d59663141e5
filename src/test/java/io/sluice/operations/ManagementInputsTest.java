package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Ask;
import io.sluice.testing.OpenApiDocument.Operation;
import io.sluice.testing.OpenApiInputs;
import io.sluice.testing.OpenApiInputs.Member;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the management port's document names is read, and named where it does not fit. */
class ManagementInputsTest {
  private static final OpenApiInputs INPUTS = new OpenApiInputs(ManagementAsks.DOCUMENT);

  /**
   * What the document's words say more of: the {@code next} of a page, sizes up to what is sealed,
   * and a password, which is none of the commonest.
   */
  private static final Set<String> MORE_THAN_FORM = Set.of("before", "after", "password");

  private static TestingManagement management;
  private static TestClient admin;
  private static List<Ask> asks;

  @BeforeAll
  static void open() {
    management = new TestingManagement(TestingGateway.shared());
    admin = management.admin();
    asks = ManagementAsks.of(TestingGateway.shared().newTenant());
  }

  @AfterAll
  static void close() {
    management.close();
  }

  private static Operation operation(Ask ask) {
    return ManagementAsks.DOCUMENT.find(ask.method(), ask.target()).orElseThrow();
  }

  /** One whose members all fit, as one error is answered at a time. */
  private static Ask good(Ask ask) {
    Ask good = ask.withBody("{}");
    for (Member member : INPUTS.members(operation(ask))) {
      for (String value : member.possible()) {
        good = good.with(member.path(), value);
      }
    }
    return good;
  }

  private static Ask query(Ask ask, String name, String value) {
    String others = INPUTS.requiredQuery(operation(ask), name);
    return Ask.get(ask.withQuery(name, value).target() + "&" + others);
  }

  @Test
  void readsEveryQueryParameterThatItsDocumentNames() {
    for (Ask ask : asks) {
      INPUTS
          .impossibleQueries(operation(ask))
          .forEach(
              (name, value) -> {
                // When
                Reply reply = query(ask, name, value).send(admin);

                // Then
                assertNames(reply, name);
              });
    }
  }

  @Test
  void readsEveryMemberThatItsDocumentNames() {
    for (Ask ask : asks) {
      for (Member member : INPUTS.members(operation(ask))) {
        for (String impossible : member.impossible()) {
          // When
          Reply reply = good(ask).with(member.path(), impossible).send(admin);

          // Then
          assertNames(reply, member.path().getLast());
        }
      }
    }
  }

  @Test
  void takesEveryValueThatItsDocumentAllows() {
    for (Ask ask : asks) {
      for (Ask allowed : allowed(ask)) {
        // When
        Reply reply = allowed.send(admin);

        // Then
        assertThat(reply.status()).as(() -> allowed + "\n" + reply).isNotEqualTo(400);
      }
    }
  }

  private static List<Ask> allowed(Ask ask) {
    List<Ask> all = new ArrayList<>();
    Map<String, List<String>> queries = INPUTS.possibleQueries(operation(ask));
    queries.entrySet().removeIf(query -> isMoreThanForm(query.getKey(), query.getValue()));
    if (ask.target().endsWith("/growth")) {
      queries.clear();
    }
    queries.forEach((name, values) -> values.forEach(value -> all.add(query(ask, name, value))));
    INPUTS.members(operation(ask)).stream()
        .filter(member -> !MORE_THAN_FORM.contains(member.path().getLast()))
        .forEach(
            member ->
                member.possible().forEach(value -> all.add(good(ask).with(member.path(), value))));
    return all;
  }

  /** What is counted may be any number. */
  private static boolean isMoreThanForm(String name, List<String> values) {
    return MORE_THAN_FORM.contains(name)
        && !values.stream().allMatch(value -> value.matches("[0-9]+"));
  }

  private static void assertNames(Reply reply, String what) {
    assertThat(reply.status()).as(() -> what + "\n" + reply).isEqualTo(400);
    assertThat(reply.json().path("message").textValue()).as(reply::toString).contains(what);
  }
}
