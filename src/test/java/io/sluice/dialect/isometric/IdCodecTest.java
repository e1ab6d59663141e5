package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdCodecTest {
  private static final int ROUNDS = 10_000;

  private final IdCodec production = new IdCodec(Environment.PRODUCTION);
  private final IdCodec sandbox = new IdCodec(Environment.SANDBOX);

  @Test
  void writesPrefixTimeMarkerAndTail() {
    // Given
    UUID id = IdCodec.uuid(Instant.parse("2026-05-14T09:30:00Z").toEpochMilli(), 0xABCDE);

    // When
    String text = production.encode(IdPrefix.TRANSFER, id);

    // Then
    assertThat(text).matches("tfr_1[0-9A-HJKMNP-TV-Z]{8}1S0[0-9A-HJKMNP-TV-Z]{4}").hasSize(20);
    assertThat(text).endsWith("1S0NF6Y");
    assertThat(sandbox.encode(IdPrefix.SUPPLIER, id)).startsWith("spl_1").contains("SBX");
  }

  @Test
  void readsTheTimeOfAKnownDay() {
    // Given: the time part of a ULID of that moment, without its leading zero
    long millis = Instant.parse("2024-01-22T11:56:48.520Z").toEpochMilli();

    // When
    String text = production.encode(IdPrefix.ORGANISATION, IdCodec.uuid(millis, 0));

    // Then
    long decoded =
        text.substring(4, 13)
            .chars()
            .mapToLong("0123456789ABCDEFGHJKMNPQRSTVWXYZ"::indexOf)
            .reduce(0, (value, digit) -> value * 32 + digit);
    assertThat(decoded).isEqualTo(millis);
  }

  @Test
  void isABijectionThatKeepsTheOrder() {
    // Given
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long millis = random.nextLong(1L << IdCodec.TIME_BITS);
      ids.add(IdCodec.uuid(millis, random.nextInt(1 << IdCodec.TAIL_BITS)));
    }

    // When
    List<String> texts =
        ids.stream().map(id -> production.encode(IdPrefix.CREDIT_BATCH, id)).toList();

    // Then
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(production.decode(IdPrefix.CREDIT_BATCH, texts.get(i)))
          .as("seed %d", seed)
          .contains(ids.get(i));
      assertThat(ids.get(i).version()).isEqualTo(7);
      assertThat(ids.get(i).variant()).isEqualTo(2);
    }
    for (int i = 1; i < ROUNDS; i++) {
      int asUuids = ids.get(i - 1).toString().compareTo(ids.get(i).toString());
      int asTexts = texts.get(i - 1).compareTo(texts.get(i));
      assertThat(Integer.signum(asTexts)).as("seed %d", seed).isEqualTo(Integer.signum(asUuids));
    }
  }

  @Test
  void holdsTheExtremes() {
    long last = (1L << IdCodec.TIME_BITS) - 1;
    int tail = (1 << IdCodec.TAIL_BITS) - 1;

    assertThat(production.encode(IdPrefix.TRANSFER, IdCodec.uuid(0, 0)))
        .isEqualTo("tfr_0000000001S00000");
    assertThat(production.encode(IdPrefix.TRANSFER, IdCodec.uuid(last, tail)))
        .isEqualTo("tfr_ZZZZZZZZZ1S0ZZZZ");
    assertThatThrownBy(() -> IdCodec.uuid(last + 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IdCodec.uuid(0, tail + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IdCodec.uuid(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tfr_",
        "tfr_0000000001S0000",
        "tfr_0000000001S000000",
        "tfr_000000000SBX0000",
        "ctb_0000000001S00000",
        "tfr_00000000I1S00000",
        "tfr_00000000L1S00000",
        "tfr_0000000001S0000U",
        "tfr_0000000001S0000o",
        "tfr_00000000é1S00000",
        "tfr_00000000\uD83D\uDE001S0000",
        "TFR_0000000001S00000",
        "00000000-0000-0000-0000-000000000000"
      })
  void doesNotReadWhatItNeverWrites(String text) {
    assertThat(production.decode(IdPrefix.TRANSFER, text)).isEmpty();
  }

  @Test
  void refusesForeignUuids() {
    LongStream.range(0, 100)
        .mapToObj(i -> UUID.randomUUID())
        .forEach(
            id ->
                assertThatThrownBy(() -> production.encode(IdPrefix.TRANSFER, id))
                    .isInstanceOf(IllegalArgumentException.class));
  }
}
