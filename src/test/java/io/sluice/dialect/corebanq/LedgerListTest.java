package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.EUR;
import static io.sluice.dialect.corebanq.User.USD;
import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.ledgerBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of {@code GET /v1/ledgers} a client may choose. */
class LedgerListTest {
  private static User user;
  private static UUID root;

  /** Made in the order a, b, c, d; b and c are below a, d is no longer active. */
  @BeforeAll
  static void open() {
    Room room = Room.shared();
    var tenant = room.newTenant();
    user = room.user(tenant);
    root = create("a", "asset", "EUR", EUR, ",\"balance_current\":20");
    String below = ",\"parent_ledger_id\":\"" + root + "\"";
    create("b", "income", "EUR", EUR, ",\"balance_current\":30" + below);
    create("c", "income", "EUR", EUR, ",\"balance_current\":10" + below);
    UUID last = create("d", "income", "USD", USD, "");
    Await.result(
        room.services().holders().setStatus(tenant, new HolderId(last), HolderStatus.SUSPENDED));
  }

  private static UUID create(String code, String type, String currency, UUID id, String more) {
    String body = ledgerBody(code, currency, id, more).replace("liability", type);
    Reply reply = user.client().post("/v1/ledgers", body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return UUID.fromString(reply.json().at("/ledger/id").textValue());
  }

  private static Reply list(String query) {
    return user.client().get("/v1/ledgers?" + query);
  }

  private static String codes(String query) {
    Reply reply = list(query);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    List<String> codes = new ArrayList<>();
    reply.json().get("ledgers").forEach(each -> codes.add(each.at("/ledger/code").textValue()));
    return String.join("", codes);
  }

  private static String filter(String json) {
    return "filter="
        + URLEncoder.encode(json.replace("ROOT", root.toString()), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "'', dcba",
    "order=desc, dcba",
    "order=asc, abcd",
    "sort=created_at&order=asc, abcd",
    "sort=code, dcba",
    "sort=code&order=asc, abcd",
    "sort=balance_current, bacd",
    "sort=balance_current&order=asc, dcab",
    "sort=balance_current&order=asc&limit=2&offset=1, ca",
    "limit=1000, dcba"
  })
  void isInTheOrderThatIsAskedFor(String query, String codes) {
    assertThat(codes(query)).isEqualTo(codes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                        | abcd",
        "{\"code\":\"b\"}                          | b",
        "{\"code\":\"B\"}                          | ''",
        "{\"type\":\"income\"}                     | bcd",
        "{\"currency_code\":\"USD\"}               | d",
        "{\"active\":true}                         | abc",
        "{\"active\":false}                        | d",
        "{\"parent_ledger_id\":\"ROOT\"}           | bc",
        "{\"parent_ledger_id\":null}               | ad",
        "{\"type\":\"income\",\"active\":true}     | bc",
        "{\"type\":\"income\",\"code\":\"a\"}      | ''"
      })
  void holdsWhatTheFilterLetsThrough(String json, String codes) {
    assertThat(codes("order=asc&" + filter(json))).isEqualTo(codes);
  }

  @ParameterizedTest
  @CsvSource({
    "only_subledgers=true, bc",
    "only_subledgers=false, abcd",
    "exclude_subledgers=true, ad",
    "exclude_subledgers=false, abcd",
    "include_subledgers=true, abcd",
    "include_subledgers=false, ad",
    "only_subledgers=true&exclude_subledgers=true, ''"
  })
  void showsOrHidesSubledgers(String query, String codes) {
    assertThat(codes("order=asc&" + query)).isEqualTo(codes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x                        | filter",
        "[]                       | filter",
        "{\"code\":1,\"code\":2}    | filter",
        "{\"name\":\"a\"}           | filter",
        "{\"code\":1}              | filter.code",
        "{\"code\":\"\"}           | filter.code",
        "{\"code\":null}           | filter.code",
        "{\"type\":\"money\"}       | filter.type",
        "{\"currency_code\":\"x\"}  | filter.currency_code",
        "{\"currency_code\":\"eur\"} | filter.currency_code",
        "{\"active\":\"true\"}      | filter.active",
        "{\"active\":null}         | filter.active",
        "{\"parent_ledger_id\":1}  | filter.parent_ledger_id"
      })
  void refusesAFilterThatCannotBe(String json, String field) {
    Reply reply = list(filter(json));

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors").findValuesAsText("field")).containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=name",
        "sort=",
        "order=up",
        "only_subledgers=yes",
        "exclude_subledgers=1",
        "include_subledgers=",
        "filter="
      })
  void refusesAParameterThatCannotBe(String query) {
    Reply reply = list(query);

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors/0/field").textValue())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  void isInTheOrderOfTheTimeOfCreation() {
    // Given
    List<String> times = new ArrayList<>();

    // When
    list("").json().get("ledgers").forEach(l -> times.add(l.at("/ledger/created_at").textValue()));

    // Then
    assertThat(times).hasSize(4).doesNotHaveDuplicates();
    assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
  }
}
