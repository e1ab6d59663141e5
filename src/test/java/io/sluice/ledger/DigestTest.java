package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored was made with it, so its bytes must never change. */
class DigestTest {
  /** Field lengths around those at which the room for the fields has to grow. */
  private static final int[] LENGTHS = {0, 1, 251, 252, 253, 507, 508, 509, 1_020, 10_000};

  @Property
  void isSha256OfLengthsAndFields(
      @ForAll List<String> texts, @ForAll long high, @ForAll long low, @ForAll int number)
      throws IOException, NoSuchAlgorithmException {
    var fields = new ByteArrayOutputStream();
    var data = new DataOutputStream(fields);
    Digest digest = Digest.start().add(number).add(new UUID(high, low));
    data.writeInt(number);
    data.writeInt(16);
    data.writeLong(high);
    data.writeLong(low);
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      data.writeInt(bytes.length);
      data.write(bytes);
      digest.add(text);
    }

    byte[] sha256 = digest.toBytes();

    assertThat(sha256).isEqualTo(sha256(fields.toByteArray()));
  }

  @Property(tries = 200)
  void aTextThatEndsInAUuidIsOneField(
      @ForAll @AlphaChars String prefix, @ForAll long high, @ForAll long low) {
    // Given
    var id = new UUID(high, low);

    // When
    byte[] hash = Digest.start().add(1).add(prefix, id).add("next").toBytes();

    // Then
    assertThat(hash).isEqualTo(Digest.start().add(1).add(prefix + id).add("next").toBytes());
  }

  @Test
  void isWhatItAlwaysWas() {
    UUID derived = Digest.start().add("scope").add((String) null).add((UUID) null).add(7).toUuid();

    assertThat(derived).hasToString("4c535495-61db-8a31-ab49-8f64d1e77022");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 251, 252, 253, 507, 508, 509, 1_020, 10_000})
  void keepsEveryByteHoweverItGrows(int length) throws NoSuchAlgorithmException {
    // Given
    String text = "x".repeat(length);
    var fields = ByteBuffer.allocate(2 * Integer.BYTES + length);
    fields.putInt(length).put(text.getBytes(StandardCharsets.UTF_8)).putInt(7);

    // When
    byte[] sha256 = Digest.start().add(text).add(7).toBytes();

    // Then
    assertThat(sha256).isEqualTo(sha256(fields.array()));
  }

  @Test
  void aDerivedUuidIsTheFirstBytesUnderVersion8() {
    // Given
    List<UUID> derived =
        Arrays.stream(LENGTHS)
            .mapToObj(length -> Digest.start().add("x".repeat(length)).toUuid())
            .toList();

    // When
    List<String> bytes =
        Arrays.stream(LENGTHS)
            .mapToObj(length -> Digest.start().add("x".repeat(length)).toBytes())
            .map(sha256 -> HexFormat.of().formatHex(sha256))
            .toList();

    // Then
    assertThat(derived).allMatch(id -> id.version() == 8 && id.variant() == 2);
    for (int i = 0; i < LENGTHS.length; i++) {
      String id = derived.get(i).toString().replace("-", "");
      assertThat(id.substring(0, 12)).isEqualTo(bytes.get(i).substring(0, 12));
      assertThat(id.substring(13, 16)).isEqualTo(bytes.get(i).substring(13, 16));
      assertThat(id.substring(17)).isEqualTo(bytes.get(i).substring(17, 32));
    }
  }

  @Test
  void fieldsAreNotMistakenForOneAnother() {
    // When
    List<UUID> derived =
        Stream.of(
                Digest.start(),
                Digest.start().add(""),
                Digest.start().add((String) null),
                Digest.start().add(0).add(0),
                Digest.start().add("ab"),
                Digest.start().add("a").add("b"),
                Digest.start().add("").add("ab"),
                Digest.start().add("b").add("a"))
            .map(Digest::toUuid)
            .toList();

    // Then
    assertThat(derived).doesNotHaveDuplicates();
  }

  private static byte[] sha256(byte[] fields) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(fields);
  }
}
