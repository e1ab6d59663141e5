package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
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

class TransferReadsTest {
  private final IsometricWorld world = IsometricWorld.create();

  private Reply get(String target) {
    return world.as(world.buyer()).get(target);
  }

  private JsonNode page(String query) {
    Reply reply = get(TRANSFERS + query);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  /** Makes so many transfers of 1 kg; their ids, newest first. */
  private List<String> transfers(int count) {
    var ids = new ArrayList<String>();
    String batch = world.issue(1_000).getFirst();
    for (int i = 0; i < count; i++) {
      Reply reply = world.transfer(world.request().of(batch, 1));
      ids.addFirst(reply.json().get("id").textValue());
      batch = world.batch(batch).get("right_child_id").textValue();
    }
    return ids;
  }

  @Test
  void showsATransferAsItWasAnswered() {
    // Given
    String batch = world.issue(5).getFirst();
    Reply made = world.transfer(world.request().of(batch, 5).notes("\"n\""));

    // When: somebody who has no part in it asks
    Organisation third = world.newOrganisation("Third", "third.example");
    Reply shown = world.as(third).get(TRANSFERS + "/" + made.json().get("id").textValue());

    // Then
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).isEqualTo(made.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tfr_0000000001S00000", "ctb_0000000001S00000", "no-transfer-has-such-an-id"})
  void doesNotFindATransfer(String id) {
    for (String path : List.of("", "/credit_batches")) {
      Reply reply = get(TRANSFERS + "/" + id + path);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().get("detail").textValue())
          .isEqualTo("Could not find 'Transfer' with IDs '" + id + "'");
    }
  }

  @Test
  void doesNotTakeAnIssuanceForATransfer() {
    // Given: the ledger knows a transfer that issued the credits
    world.issue(5);

    assertThat(page("").get("total_count").intValue()).isZero();
  }

  @Test
  void refusesAPathIdOfTheWrongLength() {
    Reply reply = get(TRANSFERS + "/short");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/loc").toString()).isEqualTo("[\"path\",\"id\"]");
  }

  @Test
  void listsTheBatchesThatMoved() {
    // Given: one batch moves whole, of another a part
    List<String> batches = world.issue(10, 20);
    Reply made = world.transfer(world.request().of(batches.get(0), 10).of(batches.get(1), 5));

    // When
    Reply reply = get(TRANSFERS + "/" + made.json().get("id").textValue() + "/credit_batches");

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.json().fieldNames()).toIterable().containsExactly("nodes", "total_count");
    assertThat(reply.json().get("total_count").intValue()).isEqualTo(2);
    String left = world.batch(batches.get(1)).get("left_child_id").textValue();
    assertThat(ids(reply.json())).containsExactlyInAnyOrder(batches.get(0), left);
  }

  @Test
  void pagesForwardsNewestFirst() {
    // Given
    List<String> all = transfers(12);

    // When
    JsonNode first = page("");
    JsonNode second = page("?after=" + first.at("/page_info/end_cursor").textValue());

    // Then
    assertThat(ids(first)).isEqualTo(all.subList(0, 10));
    assertThat(first.get("total_count").intValue()).isEqualTo(12);
    assertThat(first.at("/page_info/has_next_page").booleanValue()).isTrue();
    assertThat(first.at("/page_info/has_previous_page").booleanValue()).isFalse();
    assertThat(ids(second)).isEqualTo(all.subList(10, 12));
    assertThat(second.at("/page_info/has_next_page").booleanValue()).isFalse();
    assertThat(second.at("/page_info/has_previous_page").booleanValue()).isTrue();
  }

  @Test
  void pagesBackwards() {
    // Given
    List<String> all = transfers(7);

    // When
    JsonNode last = page("?last=3");
    JsonNode before = page("?last=3&before=" + last.at("/page_info/start_cursor").textValue());
    JsonNode start = page("?last=3&before=" + before.at("/page_info/start_cursor").textValue());

    // Then
    assertThat(ids(last)).isEqualTo(all.subList(4, 7));
    assertThat(last.at("/page_info/has_next_page").booleanValue()).isFalse();
    assertThat(last.at("/page_info/has_previous_page").booleanValue()).isTrue();
    assertThat(ids(before)).isEqualTo(all.subList(1, 4));
    assertThat(before.at("/page_info/has_next_page").booleanValue()).isTrue();
    assertThat(ids(start)).isEqualTo(all.subList(0, 1));
    assertThat(start.at("/page_info/has_previous_page").booleanValue()).isFalse();
  }

  @Test
  void showsAnEmptyListWithoutCursors() {
    Reply reply = get(TRANSFERS);

    assertThat(reply.text())
        .isEqualTo(
            "{\"nodes\":[],\"total_count\":0,\"page_info\":{\"has_previous_page\":false,"
                + "\"start_cursor\":null,\"has_next_page\":false,\"end_cursor\":null}}");
  }

  @Test
  void filtersBySenderAndReceiver() {
    // Given: one there, one back, one to a third
    Organisation third = world.newOrganisation("Third", "third.example");
    List<String> batches = world.issue(1, 1);
    String there = id(world.transfer(world.request().of(batches.get(0), 1)));
    String toThird = id(world.transfer(world.request().of(batches.get(1), 1).to(third.id())));
    String back =
        id(
            world
                .as(world.buyer())
                .post(
                    TRANSFERS,
                    world
                        .request()
                        .from(world.buyer().id())
                        .to(world.seller().id())
                        .of(batches.get(0), 1)
                        .json()));
    String from = "?from_organisation_id=";
    String to = "to_organisation_id=";

    // Then
    assertThat(ids(page(from + world.seller().id()))).containsExactly(toThird, there);
    assertThat(ids(page(from + world.buyer().id()))).containsExactly(back);
    assertThat(ids(page("?" + to + third.id()))).containsExactly(toThird);
    JsonNode both = page(from + world.seller().id() + "&" + to + world.buyer().id());
    assertThat(ids(both)).containsExactly(there);
    assertThat(both.get("total_count").intValue()).isEqualTo(1);
    assertThat(ids(page(from + "org" + NOBODY))).isEmpty();
    assertThat(ids(page(from + "nobody-has-such-an-id"))).isEmpty();
  }

  private static String id(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }

  @ParameterizedTest
  @CsvSource({
    "first=0, greater_than, first",
    "first=-1, greater_than, first",
    "last=0, greater_than, last",
    "first=51, less_than_equal, first",
    "last=99999999999999999999999, less_than_equal, last",
    "first=ten, int_parsing, first",
    "first=1.0, int_parsing, first",
    "first=, int_parsing, first",
    "after=, string_too_short, after",
    "before=, string_too_short, before",
    "from_organisation_id=x, string_too_short, from_organisation_id",
    "to_organisation_id=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, string_too_long, to_organisation_id"
  })
  void refusesQueriesThatDoNotFit(String query, String type, String name) {
    Reply reply = get(TRANSFERS + "?" + query);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/type").textValue()).isEqualTo(type);
    assertThat(reply.json().at("/detail/0/loc").toString())
        .isEqualTo("[\"query\",\"" + name + "\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after=x&before=x",
        "first=1&before=x",
        "last=1&after=x",
        "after=x",
        "before=x",
        "after=dHJhbnNmZXJz",
        "after=c3VwcGxpZXJzCjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA"
      })
  void refusesForeignCursors(String query) {
    Reply reply = get(TRANSFERS + "?" + query);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.json().get("detail").isTextual()).isTrue();
  }

  /** Generated clients send both sizes, as both have a default. */
  @ParameterizedTest
  @CsvSource({
    "'', 0-10, false, true",
    "first=3, 0-3, false, true",
    "first=3&last=5, 0-3, false, true",
    "first=10&last=10, 0-10, false, true",
    "last=5&first=12, 0-12, false, false",
    "last=3, 9-12, true, false",
    "after=CURSOR, 5-12, true, false",
    "after=CURSOR&last=2, 5-12, true, false",
    "after=CURSOR&first=3&last=2, 5-8, true, true",
    "before=CURSOR, 0-4, false, true",
    "before=CURSOR&first=2, 0-4, false, true",
    "before=CURSOR&first=9&last=3, 1-4, true, true"
  })
  void theCursorSaysWhichWayAndWhichSizeCounts(
      String query, String range, boolean previous, boolean next) {
    // Given
    List<String> all = transfers(12);
    String cursor = page("?first=5").at("/page_info/end_cursor").textValue();
    String[] ends = range.split("-");

    // When
    JsonNode page = page("?" + query.replace("CURSOR", cursor));

    // Then
    assertThat(ids(page))
        .isEqualTo(all.subList(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
    assertThat(page.get("total_count").intValue()).isEqualTo(12);
    assertThat(page.at("/page_info/has_previous_page").booleanValue()).isEqualTo(previous);
    assertThat(page.at("/page_info/has_next_page").booleanValue()).isEqualTo(next);
  }

  @Test
  void refusesACursorForEachDirection() {
    // Given
    transfers(2);
    String cursor = page("?first=1").at("/page_info/end_cursor").textValue();

    // When
    Reply reply = get(TRANSFERS + "?after=" + cursor + "&before=" + cursor);

    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("detail").textValue())
        .isEqualTo("Page either forwards with after, or backwards with before");
  }

  @Test
  void refusesTheSizeThatDoesNotCountWhereItDoesNotFit() {
    assertThat(get(TRANSFERS + "?first=10&last=0").status()).isEqualTo(422);
  }

  @Test
  void takesTheLargestPage() {
    transfers(3);

    assertThat(ids(page("?first=50"))).hasSize(3);
    assertThat(ids(page("?first=2&first=1"))).hasSize(1);
  }
}
