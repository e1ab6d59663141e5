package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.dialect.Values;
import io.sluice.testing.StubCall;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SliceTest {
  private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");

  @Test
  void saysWhereTheNextPageStarts() {
    JsonNode body = render(Slice.of(List.of("a", "b", "c"), 2));

    assertThat(body.get("data").toString()).isEqualTo("[{\"v\":\"a\"},{\"v\":\"b\"}]");
    assertThat(body.get("pagination").get("has_more").booleanValue()).isTrue();
    String cursor = body.get("pagination").get("next_cursor").textValue();
    assertThat(page(cursor, "filter").after()).contains(ID);
    assertThat(page(cursor, "filter").limit()).isEqualTo(50);
    assertThatThrownBy(() -> page(cursor, "other")).isInstanceOf(ApiException.class);
  }

  @Test
  void endsWithTheLastPage() {
    JsonNode body = render(Slice.of(List.of("a", "b"), 2));

    assertThat(body.get("data")).hasSize(2);
    assertThat(body.get("pagination").toString())
        .isEqualTo("{\"has_more\":false,\"next_cursor\":null}");
  }

  @Test
  void isOneForAListWithoutPages() {
    Answer answer = Slice.whole(List.of("a"), (json, item) -> json.text("v", item));

    assertThat(Json.parse(answer.body()).get("pagination").toString())
        .isEqualTo("{\"has_more\":false,\"next_cursor\":null}");
  }

  private static Page<UUID> page(String cursor, String filter) {
    return Reader.read(
        StubCall.ofQuery("cursor", cursor),
        reader -> Page.read(reader, "list", 1, parts -> Values.uuid(parts.getFirst()), filter));
  }

  private static JsonNode render(Slice<String> slice) {
    Page<UUID> first =
        Reader.read(
            StubCall.ofQuery("limit", "50"),
            reader ->
                Page.read(reader, "list", 1, parts -> Values.uuid(parts.getFirst()), "filter"));
    Answer answer =
        slice.answer(first, item -> List.of(ID.toString()), (json, item) -> json.text("v", item));
    return Json.parse(answer.body());
  }
}
