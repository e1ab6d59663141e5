package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Json;
import io.sluice.dialect.ShortUuid;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferDetailTest {
  private static final UUID TRANSACTION = new UUID(2, 1);
  private static final UUID USER = new UUID(2, 2);

  private static TransferDetail detail(Metadata metadata) {
    return new TransferDetail(TRANSACTION, Optional.of("Ümläut \"x\""), metadata, USER);
  }

  @Test
  void comesBackFromItsText() {
    TransferDetail bare = detail(Metadata.NONE);
    TransferDetail full = detail(Metadata.of(Json.parse("{\"z\":1.50,\"a\":[1e400]}")));

    assertThat(TransferDetail.read(bare.text())).isEqualTo(bare);
    assertThat(TransferDetail.read(full.text())).isEqualTo(full);
  }

  @Test
  void isStoredWithoutWhatIsNotThere() {
    // Given
    TransferDetail bare = new TransferDetail(TRANSACTION, Optional.empty(), Metadata.NONE, USER);

    // When
    String text = bare.text();

    // Then
    assertThat(text)
        .isEqualTo(
            "{\"transaction\":\"%s\",\"user\":\"%s\"}"
                .formatted(ShortUuid.of(TRANSACTION), ShortUuid.of(USER)));
    assertThat(TransferDetail.read(text)).isEqualTo(bare);
  }

  @Test
  void isStoredWhole() {
    // Given
    TransferDetail detail = detail(Metadata.of(Json.parse("{\"a\": 1.50}")));

    // When
    String text = detail.text();

    // Then
    assertThat(text)
        .isEqualTo(
            "{\"transaction\":\""
                + ShortUuid.of(TRANSACTION)
                + "\",\"user\":\""
                + ShortUuid.of(USER)
                + "\",\"description\":\"Ümläut \\\"x\\\"\",\"metadata\":{\"a\":1.50}}");
  }

  /** Keys are stored: another way to make them would forget what was done before an upgrade. */
  @Test
  void makesItsKeyAsEver() {
    // Given
    TransferDetail detail = detail(Metadata.of(Json.parse("{\"b\":[1.0],\"a\":null}")));

    // When
    IdempotencyKey key = detail.key(Digest.start().add("before"));

    // Then
    Digest expected = Digest.start().add("before").add("Ümläut \"x\"").add("OBJECT").add(2);
    expected.add("a").add("NULL").add("null");
    expected.add("b").add("ARRAY").add(1).add("NUMBER").add("1");
    assertThat(key).isEqualTo(IdempotencyKey.of("corebanq", TRANSACTION.toString(), expected));
  }
}
