package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrumPageTest {
  @Test
  void theIndexCountsPages() {
    // When
    OrumPage page = OrumPage.of(query("index", "1").add("size", "2"));

    // Then
    assertThat(page.offset()).isEqualTo(2);
    assertThat(page.of(List.of(1, 2, 3, 4, 5))).containsExactly(3, 4);
  }

  @Test
  void withoutParametersItIsTheFirstHundred() {
    assertThat(OrumPage.of(MultiMap.caseInsensitiveMultiMap())).isEqualTo(new OrumPage(0, 100));
  }

  @Test
  void noSizeAndNoSuchRowAreEmptyPages() {
    assertThat(new OrumPage(0, 0).isEmpty()).isTrue();
    assertThat(new OrumPage(Integer.MAX_VALUE, 500).isEmpty()).isTrue();
    assertThat(new OrumPage(Integer.MAX_VALUE, 1).isEmpty()).isFalse();
    assertThat(new OrumPage(3, 100).of(List.of(1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.0", "", "x", "2147483648", "99999999999", "1e2", " 1"})
  void anIndexIsAWholeNumber(String text) {
    assertThat(code(query("index", text))).isEqualTo("invalid_index");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "501", "", "x", "1.0"})
  void aSizeIsAtMostFiveHundred(String text) {
    assertThat(code(query("size", text))).isEqualTo("invalid_size");
  }

  private static MultiMap query(String name, String value) {
    return MultiMap.caseInsensitiveMultiMap().add(name, value);
  }

  private static String code(MultiMap query) {
    ApiException refused = catchThrowableOfType(ApiException.class, () -> OrumPage.of(query));
    return Json.parse(refused.answer().body()).get("error_code").textValue();
  }
}
