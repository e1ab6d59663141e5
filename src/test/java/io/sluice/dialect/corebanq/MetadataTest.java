package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Json;
import io.sluice.ledger.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {
  private static Metadata metadata(String json) {
    return Metadata.of(Json.parse(json));
  }

  private static byte[] fingerprint(String json) {
    Digest digest = Digest.start();
    metadata(json).addTo(digest);
    return digest.toBytes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1}",
        "{\"a\":1} | { \"a\" : 1 }",
        "{\"a\":1} | {\"a\":1.0}",
        "{\"a\":100} | {\"a\":1e2}",
        "{\"a\":0} | {\"a\":0.00}",
        "{\"a\":\"\\u0041\"} | {\"a\":\"A\"}",
        "{\"a\":{\"x\":[1,{}],\"y\":null}} | {\"a\":{\"y\":null,\"x\":[1.0,{}]}}"
      })
  void meansTheSame(String one, String other) {
    assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | {\"a\":null}",
        "{\"a\":1} | {\"a\":\"1\"}",
        "{\"a\":true} | {\"a\":\"true\"}",
        "{\"a\":[1,2]} | {\"a\":[2,1]}",
        "{\"a\":[]} | {\"a\":{}}",
        "{\"a\":[[],[]]} | {\"a\":[[[]]]}",
        "{\"a\":{\"b\":1},\"c\":2} | {\"a\":{\"b\":1,\"c\":2}}",
        "{\"a\":1e400} | {\"a\":1e401}"
      })
  void meansSomethingElse(String one, String other) {
    assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
  }

  @Test
  void tellsNoMetadataFromEmptyMetadata() {
    Digest none = Digest.start();
    Metadata.NONE.addTo(none);

    byte[] empty = fingerprint("{}");

    assertThat(none.toBytes()).isNotEqualTo(empty);
  }

  @Test
  void keepsOrderAndNumbersOfTheClient() {
    String json = metadata("{\"z\": 1.50, \"a\": [1e400, -0.0, 12345678901234567890]}").json();

    assertThat(json).isEqualTo("{\"z\":1.50,\"a\":[1E+400,0.0,12345678901234567890]}");
  }

  @Test
  void staysTheSameWhenReadBack() {
    Metadata first = metadata("{\"a\":[1e400,1.0E-9,0.10,1E0,-0.0],\"b\":\"ü€😀\\n\"}");

    Metadata again = metadata(first.json());

    assertThat(again).isEqualTo(first);
  }
}
