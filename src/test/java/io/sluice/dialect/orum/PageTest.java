package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.testing.StubCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  @Test
  void theIndexCountsPages() {
    // When
    StubCall call = query("index", "1");
    call.query().put("size", List.of("2"));
    Page page = Page.of(Reader.parameters(call));

    // Then
    assertThat(page.offset()).isEqualTo(2);
    assertThat(page.of(List.of(1, 2, 3, 4, 5))).containsExactly(3, 4);
  }

  @Test
  void withoutParametersItIsTheFirstHundred() {
    assertThat(Page.of(Reader.parameters(StubCall.ofBody("")))).isEqualTo(new Page(0, 100));
  }

  @Test
  void noSizeAndNoSuchRowAreEmptyPages() {
    assertThat(new Page(0, 0).isEmpty()).isTrue();
    assertThat(new Page(Integer.MAX_VALUE, 500).isEmpty()).isTrue();
    assertThat(new Page(Integer.MAX_VALUE, 1).isEmpty()).isFalse();
    assertThat(new Page(3, 100).of(List.of(1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.0", "", "x", "+1", "1e2", " 1"})
  void anIndexIsAWholeNumber(String text) {
    assertThat(code(query("index", text))).isEqualTo("invalid_index");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "2147483648", "99999999999999999999"})
  void anIndexHasNoMaximum(String text) {
    assertThat(Page.of(Reader.parameters(query("index", text))).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "501", "", "x", "1.0"})
  void aSizeIsAtMostFiveHundred(String text) {
    assertThat(code(query("size", text))).isEqualTo("invalid_size");
  }

  private static StubCall query(String name, String value) {
    return StubCall.ofQuery(name, value);
  }

  private static String code(StubCall query) {
    ApiException refused =
        catchThrowableOfType(ApiException.class, () -> Page.of(Reader.parameters(query)));
    return Json.parse(refused.answer().body()).get("error_code").textValue();
  }
}
