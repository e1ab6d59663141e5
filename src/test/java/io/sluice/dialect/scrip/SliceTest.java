package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Json;
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
    assertThat(Reader.after(StubCall.ofQuery("cursor", cursor), "list")).contains(ID);
  }

  @Test
  void endsWithTheLastPage() {
    JsonNode body = render(Slice.of(List.of("a", "b"), 2));

    assertThat(body.get("data")).hasSize(2);
    assertThat(body.get("pagination").toString())
        .isEqualTo("{\"has_more\":false,\"next_cursor\":null}");
  }

  private static JsonNode render(Slice<String> slice) {
    Answer answer =
        slice.answer(
            item -> new String[] {"list", ID.toString()}, (json, item) -> json.text("v", item));
    return Json.parse(answer.body());
  }
}
