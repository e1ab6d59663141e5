package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/ledgers/a.b/transfer",
        "/v1/.hidden",
        "/v1/x...",
        "/v1/x?next=/../y",
        "/v1/%F0%9F%98%80?q=a+b%20c",
        "/v1?q=%EF%BF%BD",
        "/v1?",
        "/v1?&&=&a"
      })
  void takesOrdinaryTargets(String target) {
    assertThat(Target.of(target).objection()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/v1/..,dot segments",
        "/v1/../x,dot segments",
        "/./x,dot segments",
        "/v1/%2e%2E/x,dot segments",
        "/v1/.%2e,dot segments",
        "/v1/x%2F..%2Fy,dot segments",
        "/v1/%,percent sign",
        "/v1/%4,percent sign",
        "/v1/%zz,percent sign",
        "/v1/%+1,percent sign",
        "/v1/%00,U+0000",
        "/v1?q=%00,U+0000",
        "/v1/%FF,UTF-8",
        "/v1/%C0%AE,UTF-8",
        "/v1/%ED%A0%80,UTF-8",
        "/v1/\u00C3\u00A9,not percent-encoded",
        "/v1?q=\u00C3\u00A9,not percent-encoded",
        "/v1?q=\u007F,not percent-encoded",
        "/v1#x,fragment",
        "/v1?q#x,fragment",
        "v1,no path",
        "*,no path"
      })
  void saysWhatIsWrongWithStrangeOnes(String target, String reason) {
    // When
    Fault fault = Target.of(target).objection().orElseThrow();

    // Then
    assertThat(fault)
        .isInstanceOfSatisfying(
            Fault.BadRequest.class, bad -> assertThat(bad.reason()).contains(reason));
  }

  @Test
  void decodesEachPartOfThePathOnItsOwn() {
    // When
    Target target = Target.of("/v1/a%2Fb/c+d/%e2%82%ac/");

    // Then
    assertThat(target.segments()).containsExactly("v1", "a/b", "c+d", "€");
  }

  @Test
  void separatesParametersByAmpersandsAlone() {
    // When
    Target target = Target.of("/v1?external_id=team;7&a=b=c&plus=1%2B1&blank=a+b&flag&a=d");

    // Then
    assertThat(target.query())
        .isEqualTo(
            Map.of(
                "external_id", List.of("team;7"),
                "a", List.of("b=c", "d"),
                "plus", List.of("1+1"),
                "blank", List.of("a b"),
                "flag", List.of("")));
  }

  @Test
  void tellsParametersApartByTheirCase() {
    assertThat(Target.of("/v1?Limit=1").query()).containsOnlyKeys("Limit");
  }

  @ParameterizedTest
  @CsvSource({
    "http://x:80/v1/y?z=1,x:80,/v1/y",
    "HTTP://x,x,/",
    "https://x/v1/y,x,/v1/y",
    "http://x?z=1,x,/",
  })
  void takesTheAbsoluteForm(String text, String authority, String path) {
    // When
    Target target = Target.of(text);

    // Then
    assertThat(target.objection()).isEmpty();
    assertThat(target.authority()).contains(authority);
    assertThat(target.path()).isEqualTo(path);
  }

  @Test
  void findsItsPlaceByWhatItsEscapesStandFor() {
    assertThat(Target.of("/%76%31/x").place()).isEqualTo("/v1/x");
    assertThat(Target.of("/v1/%zz").place()).isEqualTo("/v1/%zz");
  }
}
